package io.github.consentbridge.browsertests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./bridge demo --no-open}: the packaged program in a process of its own. */
final class DemoProcess implements AutoCloseable {
    private static final Path JAR = Path.of("..", "demo", "target", "demo.jar");
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/open/\\S+");
    private static final Pattern DELIVERY = Pattern.compile("-H '([^:]+): ([^']+)' .* (http://\\S+)");

    private final Process process;
    private final String shown;

    private DemoProcess(Process process, String shown) {
        this.process = process;
        this.shown = shown;
    }

    /** Starts it and waits until it prints the console's address. */
    static DemoProcess start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString(), "--no-open")
                .redirectErrorStream(true)
                .start();
        StringBuilder shown = new StringBuilder();
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            shown.append(line).append('\n');
            if (ADDRESS.matcher(line).find()) {
                discardTheRest(lines);
                return new DemoProcess(process, shown.toString());
            }
        }
        throw new IOException("the demo ended before it printed the console's address:\n" + shown);
    }

    /** So that it never waits for a reader. */
    private static void discardTheRest(BufferedReader lines) {
        Thread reader = new Thread(
                () -> {
                    try (lines) {
                        while (lines.readLine() != null) {
                            // What it prints from here on is not looked at.
                        }
                    } catch (IOException e) {
                        // A process that is ended takes its output with it.
                    }
                },
                "demo-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Opens the console, once. */
    URI address() {
        return URI.create(found(ADDRESS).group());
    }

    private Matcher found(Pattern pattern) {
        Matcher matcher = pattern.matcher(shown);
        if (!matcher.find()) {
            throw new IllegalStateException("the demo does not print " + pattern + ":\n" + shown);
        }
        return matcher;
    }

    /** Sends it a delivery of Didomi, as its own hint says. */
    void deliver(String body) throws IOException, InterruptedException {
        Matcher hint = found(DELIVERY);
        HttpRequest request = HttpRequest.newBuilder(URI.create(hint.group(3)))
                .header(hint.group(1), hint.group(2))
                .POST(BodyPublishers.ofString(body))
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
        if (status != 202) {
            throw new IOException("the delivery was answered " + status);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
