package io.github.consentbridge.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.simulators.Simulators;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code bridge run} as a process of its own, with data in a new folder. */
final class BridgeProcess implements AutoCloseable {
    static final String WEBHOOK_KEY = "benchmark-key-0123456789";
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private BridgeProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static BridgeProcess start(Path jar, String heap, Path folder, Simulators simulators) throws IOException {
        Path config = Files.writeString(folder.resolve("integration.json"), """
                {"type_id": "microsoft-dynamics",
                 "properties": {"organization_id": "%s", "contact_key": "contactid"},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}},
                              {"id": "donotbulkemail", "value": {"purpose": "marketing"}, "invert": true}]}""".formatted(
                        simulators.didomi().organizationId()));
        Path secrets = Files.writeString(folder.resolve("secrets.json"), secrets(simulators));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-jar",
                jar.toString(),
                "run",
                "--config",
                config.toString(),
                "--secrets",
                secrets.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--port",
                "0"));
        builder.environment().put("DIDOMI_API_URL", simulators.didomi().url().toString());
        builder.environment().put("ENTRA_LOGIN_URL", simulators.entra().url().toString());
        builder.redirectError(folder.resolve("stderr.txt").toFile());
        Process process = builder.start();
        return new BridgeProcess(process, port(process, folder));
    }

    private static String secrets(Simulators simulators) {
        return """
                {"didomi": {"key": "%s", "secret": "%s"},
                 "microsoft-dynamics": {"client_id": "%s", "client_secret": "%s", "tenant_id": "%s", "instance": "%s"},
                 "webhooks": {"didomi": {"header": "x-consent-bridge-key", "values": ["%s"]}}}""".formatted(
                        simulators.didomi().key(),
                        simulators.didomi().secret(),
                        simulators.entra().clientId(),
                        simulators.entra().clientSecret(),
                        simulators.entra().tenantId(),
                        simulators.dataverse().url(),
                        WEBHOOK_KEY);
    }

    /** Reads the port that it names, and goes on reading so that it never waits for us. */
    private static int port(Process process, Path folder) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread drain = new Thread(() -> lines.lines().forEach(ignored -> {}));
                drain.setDaemon(true);
                drain.start();
                return Integer.parseInt(listening.group(1));
            }
        }
        throw new IOException("the bridge did not start: " + Files.readString(folder.resolve("stderr.txt")));
    }

    int port() {
        return port;
    }

    void awaitEmptyQueue() throws IOException, InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                .build();
        while (true) {
            JsonNode queue = new JsonMapper()
                    .readTree(http.send(health, BodyHandlers.ofString()).body())
                    .path("queue");
            if (queue.path("depth").asInt(1) == 0 && queue.path("in_flight").asInt(1) == 0) {
                return;
            }
            Thread.sleep(20);
        }
    }

    /** The most memory that it has had resident, by the kernel's own account. */
    long peakMemoryMiB() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
