package io.github.consentbridge.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The packaged program on a terminal: {@code script} of util-linux gives it a real one, and passes on keys and characters. */
final class PseudoTerminal implements AutoCloseable {
    private static final Path SCRIPT = Path.of("/usr/bin/script");

    /** Then it is ended, and the test fails: a program that waits for a key would wait for ever. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Process process;
    private final Reader output;
    private final StringBuilder shown = new StringBuilder();
    private int read;

    private PseudoTerminal(Process process) {
        this.process = process;
        this.output = new InputStreamReader(process.getInputStream(), UTF_8);
    }

    /** Whether this machine has it; that of other systems takes other options. */
    static boolean isAvailable() {
        return Files.isExecutable(SCRIPT) && System.getProperty("os.name").equals("Linux");
    }

    static PseudoTerminal start(Path folder, Map<String, String> environment, String arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = Path.of("target/bridge.jar").toAbsolutePath().toString();
        // What a shell starts in the background ignores Ctrl-C, and so would everything below it.
        String command = "exec env --default-signal=INT %s -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar %s %s"
                .formatted(java, jar, arguments);
        ProcessBuilder builder = new ProcessBuilder(
                        List.of(SCRIPT.toString(), "--quiet", "--return", "--flush", "--command", command, "/dev/null"))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("COLUMNS", "1000");
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture.delayedExecutor(LONGEST.toSeconds(), TimeUnit.SECONDS).execute(process::destroyForcibly);
        return new PseudoTerminal(process);
    }

    /** Waits until this is shown, after what was waited for before. */
    void await(String text) throws IOException {
        int at = shown.indexOf(text, read);
        while (at < 0) {
            int next = output.read();
            if (next < 0) {
                throw new IOException("it ended before it showed \"" + text + "\": " + shown);
            }
            shown.append((char) next);
            at = shown.indexOf(text, read);
        }
        read = at + text.length();
    }

    /** Waits for a question, then types the answer and Enter. */
    void answer(String question, String answer) throws IOException {
        await(question);
        type(answer + "\r");
    }

    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until it has ended; the exit code. */
    int waitFor() throws IOException, InterruptedException {
        for (int next = output.read(); next >= 0; next = output.read()) {
            shown.append((char) next);
        }
        return process.waitFor();
    }

    /** Everything that was on the screen. */
    String shown() {
        return shown.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
