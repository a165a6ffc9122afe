import java.net.*;
public class UrlConnection {
    public static void main(String[] a) throws Exception {
        var c = (HttpURLConnection) new URL(System.getenv("URL_")).openConnection();
        for (String l : System.getenv("LINES").split("\n")) { int i = l.indexOf(':'); c.setRequestProperty(l.substring(0, i), l.substring(i + 1).trim()); }
        System.out.println(c.getRequestProperties());
        System.out.println(c.getHeaderFields());
        c.getInputStream();
    }
}
