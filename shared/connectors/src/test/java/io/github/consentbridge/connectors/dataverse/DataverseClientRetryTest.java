package io.github.consentbridge.connectors.dataverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.FixedTokens;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.ScriptedServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataverseClientRetryTest {
    private static final String ME = """
            {"UserId":"11111111-0000-4000-8000-000000000001",
             "OrganizationId":"22222222-0000-4000-8000-000000000002"}""";
    private static final String NO_ORGANIZATION = "{\"UserId\":\"11111111-0000-4000-8000-000000000001\"}";
    private static final String BUSY =
            "{\"error\":{\"code\":\"0x80072322\",\"message\":\"Number of requests exceeded\"}}";

    private final ScriptedServer server = new ScriptedServer();
    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void retryAfterInSecondsIsHonoured() {
        server.then(429, BUSY, "Retry-After", "7").then(200, ME);

        client(time.settings()).whoAmI();

        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void retryAfterAsADateIsHonoured() {
        server.then(429, BUSY, "Retry-After", "Fri, 02 Oct 2026 08:00:05 GMT").then(200, ME);

        client(time.settings()).whoAmI();

        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void throttlingWithoutATimeUsesOurBackoff() {
        server.then(429, "").then(429, "").then(200, ME);

        client(time.settings()).whoAmI();

        assertThat(time.sleeps()).hasSize(2);
        assertThat(time.sleeps().get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(time.sleeps().get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void waitAboveTheMaximumIsLeftToTheCallerAndLaterCallsAreNotSent() {
        server.then(429, BUSY, "Retry-After", "120");
        DataverseClient client = client(time.settings());

        DataverseException first = failureOf(client);
        time.advance(Duration.ofSeconds(20));
        DataverseException second = failureOf(client);

        assertThat(first.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(first.retryAfter()).contains(Duration.ofMinutes(2));
        assertThat(second.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(second.retryAfter()).contains(Duration.ofSeconds(100));
        assertThat(server.asked()).hasSize(1);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void waitBeyondTheDeadlineIsNotSlept() {
        server.then(429, BUSY, "Retry-After", "7");
        Deadline deadline = Deadline.at(time.instant().plusSeconds(8), time);

        DataverseException failure = deadline.during(() -> failureOf(client(time.settings())));

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void nothingIsSentAfterTheDeadline() {
        Deadline over = Deadline.at(time.instant().plus(Deadline.TO_STORE_RESULTS), time);

        DataverseException failure = over.during(() -> failureOf(client(time.settings())));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.code()).isEqualTo("deadline");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void answerThatComesAfterTheDeadlineIsNotAwaited() {
        server.thenStall();
        Deadline deadline = endingIn(Duration.ofMillis(300));

        DataverseException failure = deadline.during(() -> failureOf(client(patient())));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.code()).isEqualTo("deadline");
        assertThat(server.asked()).hasSize(1);
    }

    /** As when the process is asked to end. */
    @Test
    void deadlineThatComesCloserEndsARequestThatIsUnderWay() {
        AtomicReference<Duration> left = new AtomicReference<>(Duration.ofDays(1));
        server.then((exchange, asked) -> {
            left.set(Duration.ZERO);
            new CountDownLatch(1).await();
        });

        Deadline deadline = left::get;
        DataverseException failure = deadline.during(() -> failureOf(client(patient())));

        assertThat(failure.code()).isEqualTo("deadline");
    }

    @Test
    void deadlineBoundsItsOwnThreadOnly() {
        server.then(200, ME);
        Deadline over = () -> Duration.ZERO;
        DataverseClient client = client(time.settings());

        over.during(() -> CompletableFuture.supplyAsync(client::whoAmI).join());

        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void deadlineEndsWithItsWork() {
        server.then(200, ME);
        Deadline over = () -> Duration.ZERO;
        DataverseClient client = client(time.settings());

        assertThat(over.<DataverseException, RuntimeException>during(() -> failureOf(client)))
                .isNotNull();
        client.whoAmI();

        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void workWithALaterDeadlineKeepsThatOfTheEnclosingWork() {
        Deadline over = () -> Duration.ZERO;

        DataverseException failure =
                over.during(() -> Deadline.none().during(() -> failureOf(client(time.settings()))));

        assertThat(failure.code()).isEqualTo("deadline");
    }

    /** Longer than any test may take. */
    private RemoteSettings patient() {
        return time.settings().withTimeouts(Duration.ofSeconds(2), Duration.ofMinutes(10));
    }

    private static Deadline endingIn(Duration time) {
        long end = System.nanoTime() + time.plus(Deadline.TO_STORE_RESULTS).toNanos();
        return () -> Duration.ofNanos(end - System.nanoTime());
    }

    @Test
    void throttlingLowersTheNumberOfCallsAtOnce() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(1);
        server.then(429, BUSY, "Retry-After", "1")
                .then(429, BUSY, "Retry-After", "1")
                .then(429, BUSY, "Retry-After", "1")
                .then(200, ME)
                .then((exchange, asked) -> {
                    arrived.countDown();
                    new CountDownLatch(1).await();
                })
                .then(200, ME);
        DataverseClient client = client(patient());
        client.whoAmI();

        CompletableFuture<?> first = CompletableFuture.runAsync(client::whoAmI);
        arrived.await();
        DataverseException second = endingIn(Duration.ofMillis(100)).during(() -> failureOf(client));

        assertThat(first).isNotDone();
        assertThat(second.code()).isEqualTo("busy");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408, 599})
    void outageIsRetried(int status) {
        server.then(status, "").then(200, ME);
        DataverseClient client = client(time.settings());

        client.whoAmI();

        assertThat(client.requests()).isEqualTo(2);
        assertThat(time.sleeps()).hasSize(1);
    }

    @Test
    void lastingOutageFailsAfterFourAttempts() {
        server.then(503, "").then(503, "").then(503, "").then(503, "", "x-ms-service-request-id", "abc");

        DataverseException failure = failureOf(client(time.settings()));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.requestId()).isEqualTo("abc");
        assertThat(failure.retryAfter()).isPresent();
        assertThat(failure.concernsSystem()).isTrue();
        assertThat(server.asked()).hasSize(4);
    }

    @Test
    void outageWithALongRetryAfterFailsAtOnce() {
        server.then(503, "", "Retry-After", "120");

        DataverseException failure = failureOf(client(time.settings()));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.retryAfter()).contains(Duration.ofMinutes(2));
        assertThat(server.asked()).hasSize(1);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void droppedConnectionIsRetried() {
        server.thenDrop().thenTruncate("{\"UserId\":").then(200, ME);

        client(time.settings()).whoAmI();

        assertThat(server.asked().size()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void answerThatStallsInItsBodyTimesOut() {
        server.thenStall().then(200, ME);
        RemoteSettings impatient = time.settings().withTimeouts(Duration.ofMillis(200), Duration.ofMillis(300));

        client(impatient).whoAmI();

        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void answerThatIsTooLargeIsAFailure() {
        for (int i = 0; i < 4; i++) {
            server.then(200, "x".repeat(5000));
        }
        RemoteSettings ours = time.settings();
        RemoteSettings bounded = new RemoteSettings(
                ours.connectTimeout(), ours.requestTimeout(), 4999, ours.concurrency(), ours.retry(), ours.clock());

        DataverseException failure = failureOf(client(bounded));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Sign in</html>",
                "[]",
                "null",
                "{\"UserId\":",
                "{} {}",
                "{\"UserId\":\"x\"}",
                NO_ORGANIZATION
            })
    void garbageWithA2xxStatusIsAnOutage(String body) {
        for (int i = 0; i < 4; i++) {
            server.then(200, body);
        }

        DataverseException failure = failureOf(client(time.settings()));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.code()).isEqualTo("unreadable_answer");
    }

    @Test
    void refusedTokenIsReplacedOnce() {
        server.then(401, "").then(200, ME);

        client(time.settings()).whoAmI();

        assertThat(server.asked())
                .extracting(asked -> asked.header("Authorization"))
                .containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void secondRefusalIsFinal() {
        server.then(401, "").then(401, "");

        DataverseException failure = failureOf(client(time.settings()));

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(failure.concernsSystem()).isTrue();
        assertThat(failure.toString()).doesNotContain("token-1").doesNotContain("token-2");
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void redirectIsNotFollowed() {
        server.then(302, "", "Location", server.url() + "/elsewhere");

        DataverseException failure = failureOf(client(time.settings()));

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void missingApplicationUserConcernsTheSystemAndNamesTheRemedy() {
        server.then(403, "{\"error\":{\"code\":\"0x80072560\",\"message\":\"The user is not a member\"}}");

        DataverseException failure = failureOf(client(time.settings()));

        assertThat(failure).hasMessageContaining("0x80072560").hasMessageContaining("application user");
        assertThat(failure.detail()).isEqualTo("The user is not a member");
        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure.concernsSystem()).isTrue();
    }

    @Test
    void unreachableHostIsAnOutage() {
        server.close();

        assertThatExceptionOfType(DataverseException.class)
                .isThrownBy(() -> client(time.settings()).whoAmI())
                .matches(failure ->
                        failure.kind() == Kind.UNAVAILABLE && failure.code().equals("network"));
    }

    @Test
    void interruptedThreadStopsAtOnceAndStaysInterrupted() {
        server.then(503, "").then(503, "").then(503, "").then(503, "");
        Thread.currentThread().interrupt();

        DataverseException failure = failureOf(client(time.settings()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(server.asked().size()).isLessThanOrEqualTo(1);
    }

    private DataverseClient client(RemoteSettings settings) {
        return new DataverseClient(DataverseEnvironment.parse(server.url()), new FixedTokens(), settings);
    }

    private static DataverseException failureOf(DataverseClient client) {
        return catchThrowableOfType(DataverseException.class, client::whoAmI);
    }
}
