//! Tantivy with its French stemmer, as a peer of Limier's benchmark; README.md of the folder above says how it is driven.
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::time::Instant;

use serde_json::{json, Map, Value as Json};
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::AggregationCollector;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query, QueryParser, RegexQuery, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, Value, STORED, STRING,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer};
use tantivy::{doc, DocAddress, Index, IndexWriter, Searcher, TantivyDocument, Term};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const FRENCH: &str = "french";
const PASSES: usize = 5;
const MEMORY_PER_THREAD: usize = 50_000_000;
const LONGEST_TOKEN: usize = 40;
const SNIPPET_CHARACTERS: usize = 300;

struct Fields {
    id: Field,
    title: Field,
    date: Field,
    source: Field,
    author: Field,
    year: Field,
    month: Field,
    day: Field,
    body: Field,
    text: Field,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let keyword = TextOptions::default()
        .set_indexing_options(
            TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::Basic),
        )
        .set_fast("raw");
    let searched = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(FRENCH)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let fields = Fields {
        id: builder.add_text_field("id", STRING | STORED),
        title: builder.add_text_field("title", STORED),
        date: builder.add_text_field("date", STORED),
        source: builder.add_text_field("source", keyword.clone().set_stored()),
        author: builder.add_text_field("author", keyword.clone()),
        year: builder.add_text_field("year", keyword.clone()),
        month: builder.add_text_field("month", keyword.clone()),
        day: builder.add_text_field("day", keyword),
        body: builder.add_text_field("body", STORED),
        text: builder.add_text_field("text", searched),
    };
    (builder.build(), fields)
}

fn french() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_TOKEN))
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::French))
        .build()
}

fn register_french(index: &Index) {
    index.tokenizers().register(FRENCH, french());
}

/// How fast the words of all texts are found, in bytes a second, of each pass.
fn analyse(input: &str) -> Outcome<()> {
    let mut texts = vec![];
    for line in BufReader::new(File::open(input)?).lines() {
        let object: Json = serde_json::from_str(&line?)?;
        let value = |key: &str| object[key].as_str().unwrap_or_default();
        texts.push(format!("{}\n{}", value("title"), value("body")));
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut speeds = vec![];
    for _ in 0..PASSES {
        let begin = Instant::now();
        let (mut analyser, mut letters) = (french(), 0);
        for text in &texts {
            analyser.token_stream(text).process(&mut |token| letters += token.text.len());
        }
        assert!(letters > 0);
        speeds.push(bytes as f64 / begin.elapsed().as_secs_f64());
    }
    println!("{}", json!({"bytes_s": speeds}));
    Ok(())
}

fn document(fields: &Fields, line: &str) -> Outcome<TantivyDocument> {
    let object: Json = serde_json::from_str(line)?;
    let value = |key: &str| object[key].as_str().unwrap_or_default();
    let (title, body, date) = (value("title"), value("body"), value("date"));
    let mut document = doc!(
        fields.id => value("id"), fields.title => title, fields.date => date, fields.body => body,
        fields.text => format!("{title}\n{body}"));
    if !value("source").is_empty() {
        document.add_text(fields.source, value("source"));
    }
    if !value("author").is_empty() {
        document.add_text(fields.author, value("author"));
    }
    if !date.is_empty() {
        document.add_text(fields.year, &date[..4]);
        document.add_text(fields.month, &date[..date.len().min(7)]);
        document.add_text(fields.day, date);
    }
    Ok(document)
}

fn build(input: &str, db: &str, threads: usize) -> Outcome<()> {
    if Path::new(db).exists() {
        std::fs::remove_dir_all(db)?;
    }
    std::fs::create_dir_all(db)?;
    let (schema, fields) = schema();
    let index = Index::create_in_dir(db, schema)?;
    register_french(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, threads * MEMORY_PER_THREAD)?;
    for line in BufReader::new(File::open(input)?).lines() {
        writer.add_document(document(&fields, &line?)?)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// Indexes a judged collection in memory and prints a TREC run: the best of each query's words, no operators.
fn rank(corpus: &str, queries: &str, depth: usize) -> Outcome<()> {
    let mut builder = Schema::builder();
    let id = builder.add_text_field("id", STORED);
    let indexing =
        TextFieldIndexing::default().set_tokenizer(FRENCH).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = builder.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    let index = Index::create_in_ram(builder.build());
    register_french(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY_PER_THREAD)?;
    for line in BufReader::new(File::open(corpus)?).lines() {
        let object: Json = serde_json::from_str(&line?)?;
        let value = |key: &str| object[key].as_str().unwrap_or_default();
        writer.add_document(doc!(id => value("id"), text => format!("{}\n{}", value("title"), value("body"))))?;
    }
    writer.commit()?;
    let searcher = index.reader()?.searcher();
    let mut out = io::stdout().lock();
    for line in BufReader::new(File::open(queries)?).lines() {
        let line = line?;
        let Some((qid, words)) = line.split_once('\t') else { continue };
        let mut any: Vec<(Occur, Box<dyn Query>)> = vec![];
        french().token_stream(words).process(&mut |token| {
            let term = Term::from_field_text(text, &token.text);
            any.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
        });
        let hits = searcher.search(&BooleanQuery::new(any), &TopDocs::with_limit(depth).order_by_score())?;
        for (place, (score, address)) in hits.into_iter().enumerate() {
            let document: TantivyDocument = searcher.doc(address)?;
            let name = document.get_first(id).and_then(|value| value.as_str()).unwrap_or_default();
            writeln!(out, "{qid} Q0 {name} {} {score} tantivy", place + 1)?;
        }
    }
    Ok(())
}

struct Options {
    page: bool,
    facets: Vec<String>,
    limit: usize,
}

struct Peer {
    options: Options,
    fields: Fields,
    searcher: Searcher,
    parser: QueryParser,
    facets: Aggregations,
}

impl Peer {
    fn open(db: &str, options: Options) -> Outcome<Peer> {
        let index = Index::open_in_dir(db)?;
        register_french(&index);
        let (_, fields) = schema();
        let mut parser = QueryParser::for_index(&index, vec![fields.text]);
        parser.set_conjunction_by_default();
        let terms: Map<String, Json> = options
            .facets
            .iter()
            .map(|name| (name.to_string(), json!({"terms": {"field": name, "size": 10}})))
            .collect();
        let facets = serde_json::from_value(Json::Object(terms))?;
        Ok(Peer { options, fields, searcher: index.reader()?.searcher(), parser, facets })
    }

    /// `filter` is empty, `source=NAME` or `year=YYYY`.
    fn query(&self, kind: &str, words: &str, filter: &str) -> Outcome<Box<dyn Query>> {
        let query: Box<dyn Query> = match kind {
            "all" => Box::new(AllQuery),
            "and" => self.parser.parse_query(&words.replace(' ', " AND "))?,
            "or" => self.parser.parse_query(&words.replace(' ', " OR "))?,
            "phrase" => self.parser.parse_query(&format!("\"{words}\""))?,
            // The parser has prefixes for the last word of a phrase only.
            "prefix" => Box::new(RegexQuery::from_pattern(&format!("{words}.*"), self.fields.text)?),
            _ => self.parser.parse_query(words)?,
        };
        let Some((field, value)) = filter.split_once('=') else {
            return Ok(query);
        };
        let field = if field == "source" { self.fields.source } else { self.fields.year };
        let term = TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic);
        let filter: Box<dyn Query> = Box::new(ConstScoreQuery::new(Box::new(term), 0.0));
        Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::Must, filter)])))
    }

    fn answer(&self, kind: &str, words: &str, filter: &str) -> Outcome<Json> {
        let query = self.query(kind, words, filter)?;
        let top = TopDocs::with_limit(self.options.limit.max(1)).order_by_score();
        let counts = || AggregationCollector::from_aggs(self.facets.clone(), Default::default());
        let mut answer = json!({"total": -1});
        let hits = match (self.options.limit, !self.options.facets.is_empty(), self.options.page) {
            (0, _, _) => {
                let (total, counted) = self.searcher.search(&query, &(Count, counts()))?;
                answer["total"] = json!(total);
                self.add_facets(&mut answer, serde_json::to_value(counted)?);
                vec![]
            }
            (_, true, _) => {
                let (hits, total, counted) = self.searcher.search(&query, &(top, Count, counts()))?;
                answer["total"] = json!(total);
                self.add_facets(&mut answer, serde_json::to_value(counted)?);
                hits
            }
            (_, _, true) => {
                let (hits, total) = self.searcher.search(&query, &(top, Count))?;
                answer["total"] = json!(total);
                hits
            }
            _ => self.searcher.search(&query, &top)?,
        };
        answer["hits"] = self.shown(&query, hits)?;
        Ok(answer)
    }

    fn shown(&self, query: &dyn Query, hits: Vec<(f32, DocAddress)>) -> Outcome<Json> {
        let snippets = if self.options.page {
            let mut generator = SnippetGenerator::create(&self.searcher, query, self.fields.text)?;
            generator.set_max_num_chars(SNIPPET_CHARACTERS);
            Some(generator)
        } else {
            None
        };
        let mut shown = vec![];
        for (_, address) in hits {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let text = |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
            let mut hit = json!({
                "id": text(self.fields.id), "title": text(self.fields.title),
                "date": text(self.fields.date), "source": text(self.fields.source)});
            if let Some(generator) = &snippets {
                hit["snippet"] = json!(generator.snippet(text(self.fields.body)).to_html());
            }
            shown.push(hit);
        }
        Ok(Json::Array(shown))
    }

    fn add_facets(&self, answer: &mut Json, counted: Json) {
        for name in &self.options.facets {
            let values: Map<String, Json> = counted[name]["buckets"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default()
                .iter()
                .map(|bucket| (bucket["key"].as_str().unwrap_or_default().to_string(), bucket["doc_count"].clone()))
                .collect();
            answer[name] = Json::Object(values);
        }
    }
}

fn query(db: &str, options: Options) -> Outcome<()> {
    let peer = Peer::open(db, options)?;
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let parts: Vec<&str> = line.split('\t').collect();
        let part = |i: usize| parts.get(i).copied().unwrap_or_default();
        let begin = Instant::now();
        let text = peer.answer(part(0), part(1), part(2))?.to_string();
        let microseconds = begin.elapsed().as_secs_f64() * 1e6;
        writeln!(out, "{},\"us\":{microseconds:.1}}}", &text[..text.len() - 1])?;
        out.flush()?;
    }
    Ok(())
}

fn option<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    let place = arguments.iter().position(|argument| argument == name)?;
    arguments.get(place + 1).map(String::as_str)
}

fn number(arguments: &[String], name: &str, otherwise: usize) -> usize {
    option(arguments, name).and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build", input, db, ..] => build(input, db, number(&arguments, "--threads", 1)),
        ["analyse", input] => analyse(input),
        ["rank", corpus, queries, depth] => rank(corpus, queries, depth.parse()?),
        ["query", db, ..] => {
            let page = arguments.iter().any(|argument| argument == "--page");
            let names = option(&arguments, "--facets").unwrap_or_default();
            let facets = names.split(',').filter(|name| !name.is_empty()).map(String::from).collect();
            query(db, Options { page, facets, limit: number(&arguments, "--limit", 10) })
        }
        _ => Err("usage: build INPUT DB [--threads N] | analyse INPUT | rank INPUT QUERIES N | query DB [--page] [--facets NAME,…] [--limit N]".into()),
    }
}
