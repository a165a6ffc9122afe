import java.net.URI;
import java.net.http.*;
public class JdkClient {
    public static void main(String[] a) throws Exception {
        var b = HttpRequest.newBuilder(URI.create(System.getenv("URL_")));
        for (String l : System.getenv("LINES").split("\n")) { int i = l.indexOf(':'); b.header(l.substring(0, i), l.substring(i + 1).trim()); }
        var r = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(b.build(), HttpResponse.BodyHandlers.ofString());
        System.out.println(r + " " + r.request().headers()); System.out.println(r.headers().map()); System.out.println(r.body());
    }
}
