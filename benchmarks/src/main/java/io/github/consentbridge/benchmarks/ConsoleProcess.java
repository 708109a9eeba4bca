package io.github.consentbridge.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.simulators.Simulators;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code bridge console} as a process of its own, and a session of it. */
final class ConsoleProcess implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long LOOK_EVERY_MILLISECONDS = 100;
    private static final String ADDRESS = "http://127.0.0.1:";

    private final Process process;
    private final URI address;
    private final String csrf;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** What is asked of it. */
    @FunctionalInterface
    interface Question {
        JsonNode ask() throws IOException, InterruptedException;
    }

    private ConsoleProcess(Process process, URI address) throws IOException, InterruptedException {
        this.process = process;
        this.address = address;
        http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
        this.csrf = get("/api/session").path("csrf").asText();
    }

    /** A command on the documents and data of a folder. */
    static ProcessBuilder builder(Path folder, Simulators simulators, Path jar, String jvm, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), jvm, "-jar", jar.toString()));
        command.addAll(Arrays.asList(words));
        command.addAll(List.of("--config", folder.resolve("integration.json").toString()));
        command.addAll(List.of("--secrets", folder.resolve("secrets.json").toString()));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DIDOMI_API_URL", simulators.didomi().url().toString());
        builder.environment().put("ENTRA_LOGIN_URL", simulators.entra().url().toString());
        return builder;
    }

    static ConsoleProcess start(Path folder, Simulators simulators, Path jar, String jvm)
            throws IOException, InterruptedException {
        Process process = builder(folder, simulators, jar, jvm, "console", "--no-open")
                .redirectErrorStream(true)
                .start();
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int at = line.indexOf(ADDRESS);
            if (at >= 0) {
                return new ConsoleProcess(process, URI.create(line.substring(at).split("\\s", -1)[0]));
            }
        }
        throw new IOException("the console did not start");
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(address.resolve(path)).build());
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(address.resolve(path))
                .header("content-type", "application/json")
                .header("x-csrf-token", csrf)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(
                    request.uri().getPath() + " was answered " + response.statusCode() + ": " + response.body());
        }
        return MAPPER.readTree(response.body());
    }

    /** Compares both systems in full, to the end. */
    String dryRun() throws IOException, InterruptedException {
        String id = post("/api/tasks", "{\"kind\":\"dry_run\",\"scan\":\"full\"}")
                .path("id")
                .asText();
        while (get("/api/tasks/" + id).path("state").asText().equals("running")) {
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
        }
        return id;
    }

    /** Asks once without counting, then so many times, and prints how long the answers took. */
    void time(String name, int times, Question question) throws IOException, InterruptedException {
        question.ask();
        double[] milliseconds = new double[times];
        for (int each = 0; each < times; each++) {
            long begun = System.nanoTime();
            question.ask();
            milliseconds[each] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(milliseconds);
        System.out.printf(
                "answer   %-26s median %6.1f ms, longest %6.1f ms of %d%n",
                name, milliseconds[times / 2], milliseconds[times - 1], times);
    }

    /** The most memory that it has had resident, in MiB; -1 where the system does not say. */
    long peakMemory() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                        .findFirst()
                        .orElse(-1)
                : -1;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
