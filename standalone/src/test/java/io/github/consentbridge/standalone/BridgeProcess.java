package io.github.consentbridge.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.simulators.Simulators;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code bridge run} as a process of its own: the packaged program, on the documents and data of a folder. */
public final class BridgeProcess implements AutoCloseable {
    /** What Didomi's deliveries carry. */
    public static final String WEBHOOK_KEY = "current-webhook-key-0123456789";

    /** The JVM options of the {@code bridge} script. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxMetaspaceSize=96m");

    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");
    private static final long START_SECONDS = 60;

    private final Process process;
    private final Path output;
    private final Thread reader;
    private volatile boolean stopped;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private BridgeProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        reader = new Thread(this::copyOutput, "bridge-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Writes the documents of a bridge between these systems; the mappings as a JSON list, without brackets. */
    public static void prepare(Path folder, Simulators simulators, String properties, String mappings)
            throws IOException {
        Files.writeString(folder.resolve("integration.json"), """
                {"type_id": "microsoft-dynamics", "properties": {%s}, "mappings": [%s]}""".formatted(properties, mappings));
        writeSecret(folder.resolve("secrets.json"), secrets(simulators));
    }

    /** Writes a file that only its owner can read. */
    public static void writeSecret(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** The secret of a bridge between these systems. */
    public static String secrets(Simulators simulators) {
        return """
                {"didomi": {"key": "%s", "secret": "%s", "organization_id": "%s"},
                 "microsoft-dynamics": {"client_id": "%s", "client_secret": "%s", "tenant_id": "%s", "instance": "%s"},
                 "webhooks": {"didomi": {"header": "x-consent-bridge-key",
                                         "values": ["%s", "previous-webhook-key-0123456789"]},
                              "dynamics": {"values": ["dynamics-webhook-key-0123456789"]}}}""".formatted(
                        simulators.didomi().key(),
                        simulators.didomi().secret(),
                        simulators.didomi().organizationId(),
                        simulators.entra().clientId(),
                        simulators.entra().clientSecret(),
                        simulators.entra().tenantId(),
                        simulators.dataverse().url(),
                        WEBHOOK_KEY);
    }

    /**
     * Starts it and waits until it accepts.
     *
     * @param folder holds {@code integration.json} and {@code secrets.json}, and takes the data and the output
     * @param jar the packaged program
     * @param jvmOptions such as {@code -Xmx96m}
     */
    public static BridgeProcess start(Path folder, Simulators simulators, Path jar, String... jvmOptions)
            throws IOException {
        return start(folder, simulators, Map.of(), jar, jvmOptions);
    }

    /** The same with variables in its environment. */
    static BridgeProcess start(
            Path folder, Simulators simulators, Map<String, String> environment, Path jar, String... jvmOptions)
            throws IOException {
        return started(launch(List.of(), folder, simulators, environment, jar, jvmOptions));
    }

    /** The same with further options of {@code run}. */
    static BridgeProcess startWith(List<String> options, Path folder, Simulators simulators, Path jar)
            throws IOException {
        return started(launch(options, folder, simulators, Map.of(), jar));
    }

    private static BridgeProcess started(BridgeProcess bridge) throws IOException {
        try {
            bridge.port.get(START_SECONDS, TimeUnit.SECONDS);
            return bridge;
        } catch (Exception e) {
            bridge.kill();
            throw new IOException("the bridge did not start: " + bridge.output(), e);
        }
    }

    /** The same without waiting, for one that will not start. */
    static BridgeProcess launch(Path folder, Simulators simulators, Path jar, String... jvmOptions) throws IOException {
        return launch(List.of(), folder, simulators, Map.of(), jar, jvmOptions);
    }

    private static BridgeProcess launch(
            List<String> options,
            Path folder,
            Simulators simulators,
            Map<String, String> environment,
            Path jar,
            String... jvmOptions)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-jar", jar.toString(), "run", "--port", "0"));
        command.addAll(List.of("--config", folder.resolve("integration.json").toString()));
        command.addAll(List.of("--secrets", folder.resolve("secrets.json").toString()));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DIDOMI_API_URL", simulators.didomi().url().toString());
        builder.environment().put("ENTRA_LOGIN_URL", simulators.entra().url().toString());
        builder.environment().putAll(environment);
        return new BridgeProcess(builder.start(), folder.resolve("output.txt"));
    }

    /** Keeps everything that it prints, so that it never waits for a reader. */
    private void copyOutput() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
                Writer copy = Files.newBufferedWriter(output, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.write(line + "\n");
                copy.flush();
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.parseInt(listening.group(1)));
                }
            }
        } catch (IOException e) {
            // A process that is stopped takes its output with it, and may still be alive then.
            if (!stopped && process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        } finally {
            port.completeExceptionally(new IOException("it ended"));
        }
    }

    /** The port on which it accepts webhooks. */
    public int port() {
        return port.join();
    }

    long pid() {
        return process.pid();
    }

    /** An address of it. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** Everything that it and its predecessors on this folder have printed. */
    public String output() throws IOException {
        return Files.exists(output) ? Files.readString(output) : "";
    }

    /** The most memory that it has had resident, in MiB, by the kernel's own account; -1 where that has none. */
    public long peakMemory() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (Files.exists(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        }
        return -1;
    }

    /** The processor time that it has used so far. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** {@code kill -9}. */
    void kill() throws IOException {
        stopped = true;
        process.destroyForcibly();
        waitFor();
    }

    /** SIGTERM; gives the exit code. */
    int terminate() throws IOException {
        stopped = true;
        process.destroy();
        return waitFor();
    }

    /** Waits until it has ended by itself; gives the exit code. */
    int waitFor() throws IOException {
        try {
            int exitCode = process.waitFor();
            reader.join();
            return exitCode;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
    }
}
