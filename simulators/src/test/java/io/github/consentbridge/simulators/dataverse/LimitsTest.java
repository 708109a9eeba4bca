package io.github.consentbridge.simulators.dataverse;

import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.dataverse.limits.ServiceLimits;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.simulators.http.Web;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private final ManualClock clock = new ManualClock("2026-10-02T08:15:30.120Z");
    private final DataverseSimulator dataverse = DataverseSimulator.start(clock);
    private final Web web = Web.of(dataverse.url() + "/api/data/v9.2/", "Authorization", "Bearer any");

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void whoAmIReturnsUserAndParallelism() {
        HttpResponse<String> answer = web.get("WhoAmI");

        assertThat(json(answer).path("UserId").asText())
                .isEqualTo(dataverse.applicationUserId().toString());
        assertThat(answer.headers().firstValue("x-ms-dop-hint")).isPresent();
        assertThat(web.send("POST", "WhoAmI", "").statusCode()).isEqualTo(404);
    }

    @Test
    void requestsAreLimitedOverASlidingWindow() {
        dataverse.limits(new ServiceLimits(2, Duration.ofMinutes(20), 52, Duration.ofMinutes(5)));
        web.get("WhoAmI");
        clock.advance(Duration.ofSeconds(100));
        web.get("WhoAmI");

        HttpResponse<String> refused = web.get("WhoAmI");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json(refused).at("/error/code").asText()).isEqualTo("0x80072322");
        assertThat(refused.headers().firstValue("Retry-After")).contains("200");
        assertThat(dataverse.counters().throttled()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(200));
        assertThat(web.get("WhoAmI").statusCode()).isEqualTo(200);
        assertThat(web.get("WhoAmI").statusCode()).isEqualTo(429);
    }

    @Test
    void executionTimeIsLimited() {
        UUID id = dataverse.addContact(Map.of());
        String batch = "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + "GET contacts(" + id + ") HTTP/1.1\r\n\r\n\r\n--b--\r\n";
        dataverse.faults().next(RouteKind.READ_CONTACT, Fault.after(() -> clock.advance(Duration.ofMinutes(20))));
        dataverse.limits(new ServiceLimits(6000, Duration.ofMinutes(20), 52, Duration.ofMinutes(30)));
        web.send("POST", "$batch", batch, "Content-Type", "multipart/mixed;boundary=b");

        HttpResponse<String> refused = web.get("WhoAmI");

        assertThat(json(refused).at("/error/code").asText()).isEqualTo("0x80072321");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1800");
    }

    @Test
    void concurrencyIsLimited() throws Exception {
        dataverse.limits(new ServiceLimits(6000, Duration.ofMinutes(20), 1, Duration.ofMinutes(5)));
        UUID id = dataverse.addContact(Map.of());
        String batch = "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + "GET contacts(" + id + ") HTTP/1.1\r\n\r\n\r\n--b--\r\n";
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        dataverse.faults().next(RouteKind.READ_CONTACT, Fault.after(running::countDown));
        dataverse.faults().next(RouteKind.READ_CONTACT, Fault.heldBy(go));
        String twice = batch.replace("--b--", batch);
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(
                () -> web.send("POST", "$batch", twice, "Content-Type", "multipart/mixed;boundary=b"));
        running.await();

        HttpResponse<String> refused = web.get("WhoAmI");

        go.countDown();
        assertThat(json(refused).at("/error/code").asText()).isEqualTo("0x80072326");
        assertThat(first.get().statusCode()).isEqualTo(200);
    }
}
