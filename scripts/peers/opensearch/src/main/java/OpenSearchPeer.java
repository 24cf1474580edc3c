import java.io.IOException;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node of OpenSearch on 127.0.0.1 for as long as stdin is open: OpenSearchPeer FOLDER PORT. Prints "ready". */
public final class OpenSearchPeer {
  public static void main(String[] arguments) throws IOException {
    String port = arguments[1];
    try (var runner = new OpenSearchRunner()) {
      runner
          .onBuild(
              (number, settings) -> {
                settings.put("network.host", "127.0.0.1");
                settings.put("http.port", port);
                settings.put("transport.port", "1" + port);
              })
          .build(OpenSearchRunner.newConfigs().numOfNode(1).basePath(arguments[0]).clusterName("limier-" + port).disableESLogger());
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // until the asker goes
      }
    }
  }
}
