import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.HttpClients;
public class ApacheClient {
    public static void main(String[] a) throws Exception {
        var g = new HttpGet(System.getenv("URL_"));
        for (String l : System.getenv("LINES").split("\n")) { int i = l.indexOf(':'); g.setHeader(l.substring(0, i), l.substring(i + 1).trim()); }
        try (var c = HttpClients.createDefault(); var r = c.execute(g)) { System.out.println(r); }
    }
}
