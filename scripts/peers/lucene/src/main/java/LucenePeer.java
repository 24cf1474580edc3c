import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FSDirectory;

/** Lucene with its French analyser, as a peer of Limier's benchmark; README.md of the folder above says how it is driven. */
public final class LucenePeer {
  private static final String TEXT = "text";
  private static final String[] STORED = {"id", "title", "date", "source"};
  private static final int FACET_VALUES = 10;
  private static final int PASSES = 5;

  public static void main(String[] arguments) throws Exception {
    List<String> options = Arrays.asList(arguments);
    if (arguments.length >= 3 && arguments[0].equals("build")) {
      build(Path.of(arguments[1]), Path.of(arguments[2]), number(options, "--threads", 1));
    } else if (arguments.length >= 2 && arguments[0].equals("query")) {
      int facets = options.indexOf("--facets");
      String[] names = facets < 0 ? new String[0] : options.get(facets + 1).split(",");
      query(Path.of(arguments[1]), options.contains("--page"), names, number(options, "--limit", 10));
    } else if (arguments.length >= 4 && arguments[0].equals("rank")) {
      int depth = Integer.parseInt(arguments[3]);
      rank(Path.of(arguments[1]), Path.of(arguments[2]), depth, options.contains("--folding"));
    } else if (arguments.length == 2 && arguments[0].equals("analyse")) {
      analyse(Path.of(arguments[1]));
    } else {
      System.err.println("usage: build INPUT DB [--threads N] | analyse INPUT | rank INPUT QUERIES N [--folding] | query DB [--page] [--facets NAME,…] [--limit N]");
      System.exit(2);
    }
  }

  private static int number(List<String> options, String name, int otherwise) {
    int place = options.indexOf(name);
    return place < 0 ? otherwise : Integer.parseInt(options.get(place + 1));
  }

  private static FacetsConfig facetsConfig() {
    return new FacetsConfig();
  }

  private static void build(Path input, Path db, int threads) throws Exception {
    FacetsConfig config = facetsConfig();
    var pool = Executors.newFixedThreadPool(threads);
    try (var directory = FSDirectory.open(db);
        var writer =
            new IndexWriter(
                directory,
                new IndexWriterConfig(new FrenchAnalyzer()).setOpenMode(IndexWriterConfig.OpenMode.CREATE));
        var reader = Files.newBufferedReader(input)) {
      Callable<Void> work =
          () -> {
            for (String line = next(reader); line != null; line = next(reader)) {
              writer.addDocument(config.build(document(line)));
            }
            return null;
          };
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) running.add(pool.submit(work));
      for (Future<Void> one : running) one.get();
      writer.commit();
    } finally {
      pool.shutdown();
    }
  }

  /** How fast the words of all texts are found, in bytes a second, of each pass. */
  private static void analyse(Path input) throws IOException {
    List<String> texts = new ArrayList<>();
    long bytes = 0;
    for (String line : Files.readAllLines(input)) {
      JsonObject object = JsonParser.parseString(line).getAsJsonObject();
      texts.add(object.get("title").getAsString() + "\n" + object.get("body").getAsString());
      bytes += texts.get(texts.size() - 1).getBytes(StandardCharsets.UTF_8).length;
    }
    List<Double> speeds = new ArrayList<>();
    Analyzer analyzer = new FrenchAnalyzer();
    for (int pass = 0; pass < PASSES; pass++) {
      long begin = System.nanoTime();
      long letters = 0;
      for (String text : texts) {
        try (TokenStream stream = analyzer.tokenStream(TEXT, text)) {
          CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
          stream.reset();
          while (stream.incrementToken()) letters += term.length();
          stream.end();
        }
      }
      if (letters == 0) throw new IOException("no words");
      speeds.add(bytes / ((System.nanoTime() - begin) / 1e9));
    }
    System.out.println("{\"bytes_s\":" + new Gson().toJson(speeds) + "}");
  }

  /** FrenchAnalyzer, and behind it accents folded. */
  private static Analyzer folding() {
    return new AnalyzerWrapper(Analyzer.PER_FIELD_REUSE_STRATEGY) {
      private final Analyzer french = new FrenchAnalyzer();

      @Override
      protected Analyzer getWrappedAnalyzer(String field) {
        return french;
      }

      @Override
      protected TokenStreamComponents wrapComponents(String field, TokenStreamComponents components) {
        return new TokenStreamComponents(components.getSource(), new ASCIIFoldingFilter(components.getTokenStream()));
      }
    };
  }

  /** Indexes a judged collection in memory and prints a TREC run: the best of each query's words, no operators. */
  private static void rank(Path corpus, Path queries, int depth, boolean folding) throws Exception {
    Analyzer analyzer = folding ? folding() : new FrenchAnalyzer();
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try (var directory = new ByteBuffersDirectory()) {
      try (var writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
        for (String line : Files.readAllLines(corpus)) {
          JsonObject object = JsonParser.parseString(line).getAsJsonObject();
          String title = object.has("title") ? object.get("title").getAsString() : "";
          Document document = new Document();
          document.add(new StoredField("id", object.get("id").getAsString()));
          document.add(new TextField(TEXT, title + "\n" + object.get("body").getAsString(), Field.Store.NO));
          writer.addDocument(document);
        }
      }
      try (var reader = DirectoryReader.open(directory)) {
        var searcher = new IndexSearcher(reader);
        var stored = searcher.storedFields();
        var parser = new QueryParser(TEXT, analyzer);
        for (String line : Files.readAllLines(queries)) {
          int tab = line.indexOf('\t');
          if (tab < 0) continue;
          Query query = parser.parse(QueryParser.escape(line.substring(tab + 1)).toLowerCase(Locale.FRENCH));
          var hits = searcher.search(query, depth).scoreDocs;
          for (int i = 0; i < hits.length; i++) {
            String id = stored.document(hits[i].doc).get("id");
            out.println(line.substring(0, tab) + " Q0 " + id + " " + (i + 1) + " " + hits[i].score + " lucene");
          }
        }
      }
    }
    out.flush();
  }

  private static String next(BufferedReader reader) throws IOException {
    synchronized (reader) {
      return reader.readLine();
    }
  }

  private static Document document(String line) {
    JsonObject object = JsonParser.parseString(line).getAsJsonObject();
    String date = object.get("date").getAsString();
    String source = object.get("source").getAsString();
    String body = object.get("body").getAsString();
    Document document = new Document();
    document.add(new StringField("id", object.get("id").getAsString(), Field.Store.YES));
    for (String key : new String[] {"title", "date", "source"}) {
      document.add(new StoredField(key, object.get(key).getAsString()));
    }
    document.add(new StoredField("body", body));
    document.add(new TextField(TEXT, object.get("title").getAsString() + "\n" + body, Field.Store.NO));
    if (!source.isEmpty()) addKeyword(document, "source", source);
    String author = object.get("author").getAsString();
    if (!author.isEmpty()) addKeyword(document, "author", author);
    if (!date.isEmpty()) {
      addKeyword(document, "day", date);
      addKeyword(document, "year", date.substring(0, 4));
      addKeyword(document, "month", date.substring(0, Math.min(7, date.length())));
    }
    return document;
  }

  private static void addKeyword(Document document, String field, String value) {
    document.add(new StringField("is_" + field, value, Field.Store.NO));
    document.add(new SortedSetDocValuesFacetField(field, value));
  }

  private static void query(Path db, boolean page, String[] facets, int limit) throws Exception {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Gson gson = new Gson();
    try (var reader = DirectoryReader.open(FSDirectory.open(db))) {
      Answerer answerer = new Answerer(reader, page, facets, limit);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] parts = line.split("\t", -1);
        long begin = System.nanoTime();
        JsonObject answer = answerer.answer(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
        String text = gson.toJson(answer);
        double microseconds = (System.nanoTime() - begin) / 1000.0;
        out.println(text.substring(0, text.length() - 1) + ",\"us\":" + microseconds + "}");
      }
    }
  }

  private static final class Answerer {
    private final IndexSearcher searcher;
    private final SortedSetDocValuesReaderState state;
    private final Analyzer analyzer = new FrenchAnalyzer();
    private final boolean page;
    private final String[] facets;
    private final int limit;

    Answerer(DirectoryReader reader, boolean page, String[] facets, int limit) throws IOException {
      this.searcher = new IndexSearcher(reader);
      this.state = new DefaultSortedSetDocValuesReaderState(reader, facetsConfig());
      this.page = page;
      this.facets = facets;
      this.limit = limit;
    }

    JsonObject answer(String kind, String words, String filter) throws Exception {
      Query query = parsed(kind, words, filter);
      FacetsCollector collected = null;
      TopDocs top;
      if (facets.length > 0) {
        var result = FacetsCollectorManager.search(searcher, query, Math.max(limit, 1), new FacetsCollectorManager());
        collected = result.facetsCollector();
        top = result.topDocs();
      } else if (page) {
        top = searcher.search(query, new TopScoreDocCollectorManager(limit, Integer.MAX_VALUE));
      } else {
        top = searcher.search(query, limit);
      }
      JsonObject out = new JsonObject();
      out.addProperty("total", top.totalHits.value);
      out.add("hits", limit == 0 ? new JsonArray() : hits(query, top));
      if (facets.length > 0) addFacets(out, collected);
      return out;
    }

    private Query parsed(String kind, String words, String filter) throws ParseException {
      if (kind.equals("all")) return new MatchAllDocsQuery();
      String text =
          switch (kind) {
            case "and" -> words.replace(" ", " AND ");
            case "or" -> words.replace(" ", " OR ");
            case "phrase" -> "\"" + words + "\"";
            case "prefix" -> words + "*";
            default -> words;
          };
      QueryParser parser = new QueryParser(TEXT, analyzer);
      parser.setDefaultOperator(QueryParser.Operator.AND);
      Query query = parser.parse(text);
      int equals = filter.indexOf('=');
      if (equals < 0) return query;
      Term term = new Term("is_" + filter.substring(0, equals), filter.substring(equals + 1));
      return new BooleanQuery.Builder()
          .add(query, BooleanClause.Occur.MUST)
          .add(new TermQuery(term), BooleanClause.Occur.FILTER)
          .build();
    }

    private JsonArray hits(Query query, TopDocs top) throws IOException {
      String[] snippets = page ? highlighter().highlight("body", query, top) : new String[0];
      StoredFields stored = searcher.storedFields();
      JsonArray hits = new JsonArray();
      for (int i = 0; i < top.scoreDocs.length; i++) {
        // The body is not loaded where no snippet is asked for: what is not named is skipped.
        Document document = stored.document(top.scoreDocs[i].doc, java.util.Set.of(STORED));
        JsonObject hit = new JsonObject();
        for (String key : STORED) hit.addProperty(key, document.get(key));
        if (page) hit.addProperty("snippet", snippets[i]);
        hits.add(hit);
      }
      return hits;
    }

    private UnifiedHighlighter highlighter() {
      return UnifiedHighlighter.builder(searcher, analyzer).withFieldMatcher(field -> true).build();
    }

    private void addFacets(JsonObject out, FacetsCollector collected) throws IOException {
      var counts = new SortedSetDocValuesFacetCounts(state, collected);
      for (String name : facets) {
        JsonObject values = new JsonObject();
        FacetResult result = counts.getTopChildren(FACET_VALUES, name);
        if (result != null) {
          for (LabelAndValue value : result.labelValues) values.addProperty(value.label, value.value);
        }
        out.add(name, values);
      }
    }
  }
}
