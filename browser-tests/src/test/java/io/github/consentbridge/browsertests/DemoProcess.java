package io.github.consentbridge.browsertests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./bridge demo --no-open}: the packaged program in a process of its own. */
final class DemoProcess implements AutoCloseable {
    private static final Path JAR = Path.of("..", "demo", "target", "demo.jar");
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/open/\\S+");

    private final Process process;
    private final URI address;

    private DemoProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
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
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                discardTheRest(lines);
                return new DemoProcess(process, URI.create(address.group()));
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
        return address;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
