package io.github.consentbridge.simulators.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final DataverseSimulator dataverse = DataverseSimulator.start(new ManualClock("2026-10-02T08:15:30.120Z"));
    private final Web web = Web.of(
            dataverse.url() + "/api/data/v9.2/", "Authorization", "Bearer any", "Content-Type", "application/json");

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void faultsAreUsedInOrder() {
        dataverse
                .faults()
                .next(
                        RouteKind.WHO_AM_I,
                        Fault.throttled(Duration.ofSeconds(7)),
                        Fault.throttledUntil(Instant.parse("2026-10-02T08:16:00Z")),
                        Fault.throttledWithoutHint(),
                        Fault.status(503));

        HttpResponse<String> seconds = web.get("WhoAmI");
        HttpResponse<String> date = web.get("WhoAmI");
        HttpResponse<String> nothing = web.get("WhoAmI");

        assertThat(seconds.statusCode()).isEqualTo(429);
        assertThat(seconds.headers().firstValue("Retry-After")).contains("7");
        assertThat(seconds.body()).contains("0x80072322");
        assertThat(date.headers().firstValue("Retry-After")).contains("Fri, 02 Oct 2026 08:16:00 GMT");
        assertThat(nothing.headers().firstValue("Retry-After")).isEmpty();
        assertThat(dataverse.faults().remaining()).isEqualTo(1);
        assertThat(web.get("WhoAmI").statusCode()).isEqualTo(503);
        assertThat(web.get("WhoAmI").statusCode()).isEqualTo(200);
    }

    @Test
    void dropBeforeCommitLeavesTheRow() {
        UUID id = dataverse.addContact(Map.of());
        dataverse.faults().next(RouteKind.UPDATE_CONTACT, Fault.dropBeforeCommit());

        assertThatThrownBy(() -> patch(id)).isInstanceOf(UncheckedIOException.class);

        assertThat(dataverse.contact(id)).containsEntry("donotemail", false);
        assertThat(patch(id).statusCode()).isEqualTo(204);
    }

    @Test
    void dropAfterCommitLosesTheAnswerOnly() {
        UUID id = dataverse.addContact(Map.of());
        dataverse.faults().next(RouteKind.UPDATE_CONTACT, Fault.dropAfterCommit());

        assertThatThrownBy(() -> patch(id)).isInstanceOf(UncheckedIOException.class);

        assertThat(dataverse.contact(id)).containsEntry("donotemail", true);
    }

    @Test
    void truncatedBodyEndsTooEarly() {
        dataverse.faults().next(RouteKind.WHO_AM_I, Fault.truncated());

        assertThatThrownBy(() -> web.get("WhoAmI")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void garbageIsAPageInsteadOfJson() {
        dataverse.faults().always(RouteKind.ANY, Fault.garbage());

        assertThat(web.get("WhoAmI").body()).startsWith("<html>");
        dataverse.faults().clear();
        assertThat(web.get("WhoAmI").body()).startsWith("{");
    }

    @Test
    void hangingRequestTimesOut() {
        dataverse.faults().next(RouteKind.WHO_AM_I, Fault.hang());
        HttpRequest request = HttpRequest.newBuilder(URI.create(dataverse.url() + "/api/data/v9.2/WhoAmI"))
                .timeout(Duration.ofMillis(200))
                .build();

        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void keptAliveAnswersAreNotDelayed() throws IOException {
        web.get("WhoAmI");
        long start = System.nanoTime();

        for (int i = 0; i < 100; i++) {
            web.get("WhoAmI");
        }

        // With Nagle's algorithm each of them would take 40 ms.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void latencyDelaysEachAnswer() {
        web.get("WhoAmI");
        dataverse.latency(Duration.ofMillis(50));
        long start = System.nanoTime();

        web.get("WhoAmI");
        web.get("WhoAmI");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void recordThatAlwaysFailsFailsEveryRequestThatHoldsIt() {
        dataverse.faults().whenHolding(RouteKind.FIND_CONTACTS, "O'Brien", Fault.serverError("0x80040224"));

        HttpResponse<String> held = web.get("contacts?$select=contactid&$filter=lastname%20eq%20%27O%27%27Brien%27");
        HttpResponse<String> bulk = web.get("contacts?$select=contactid&$filter=lastname%20eq%20%27O%27Brien%27");
        HttpResponse<String> other = web.get("contacts?$select=contactid&$filter=lastname%20eq%20%27Ada%27");

        assertThat(held.statusCode()).isEqualTo(200);
        assertThat(bulk.statusCode()).isEqualTo(500);
        assertThat(bulk.body()).contains("0x80040224");
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void shareOfTheRequestsFailsTheSameWayForTheSameSeed() {
        List<Integer> first = statuses(Fault.sometimes(Fault.status(500), 0.5, 7));
        List<Integer> again = statuses(Fault.sometimes(Fault.status(500), 0.5, 7));

        assertThat(first).contains(200, 500).isEqualTo(again);
    }

    private List<Integer> statuses(Fault fault) {
        dataverse.faults().always(RouteKind.WHO_AM_I, fault);
        return IntStream.range(0, 20)
                .mapToObj(request -> web.get("WhoAmI").statusCode())
                .toList();
    }

    private HttpResponse<String> patch(UUID id) {
        return web.send("PATCH", "contacts(" + id + ")", "{\"donotemail\":true}", "If-Match", "*");
    }
}
