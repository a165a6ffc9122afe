import okhttp3.*;
public class OkClient {
    public static void main(String[] a) throws Exception {
        var b = new Request.Builder().url(System.getenv("URL_"));
        for (String l : System.getenv("LINES").split("\n")) { int i = l.indexOf(':'); b.header(l.substring(0, i), l.substring(i + 1).trim()); }
        var r = new OkHttpClient().newCall(b.build()).execute();
        System.out.println(r + "\n" + r.request() + "\n" + r.request().headers() + "\n" + r.headers() + "\n" + r.body().string());
    }
}
