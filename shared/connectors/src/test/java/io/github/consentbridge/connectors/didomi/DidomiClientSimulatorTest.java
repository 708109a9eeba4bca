package io.github.consentbridge.connectors.didomi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Named.named;

import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.simulators.didomi.DidomiSimulator;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the simulated Didomi, which is strict about parameters, ids and limits. */
class DidomiClientSimulatorTest {
    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final DidomiSimulator didomi = DidomiSimulator.start(time);
    private final DidomiClient client = client(didomi.secret());

    @AfterEach
    void stop() {
        didomi.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"O'Brien", "user+news@example.com", "50%off&x=1#y", "a/b", "météo", "me\u0301te\u0301o", "日本語"})
    void everyPersonIsFoundAndPosted(String person) {
        didomi.choose(person, Map.of("newsletter", true));
        DidomiEvent refusal = event(person, "newsletter", false, "2026-10-02T08:00:01Z");

        List<DidomiUser> users = client.users(person, "gdpr");
        List<EventResult> results = client.postEvents(List.of(refusal), false);

        assertThat(users).extracting(DidomiUser::organizationUserId).containsExactly(person);
        assertThat(results).containsExactly(new EventResult.Posted());
        assertThat(didomi.enabled(person, "newsletter")).contains(false);
        assertThat(client.event(refusal.id(), person)).isPresent();
        assertThat(client.events(person, "gdpr")).hasSize(2);
    }

    @Test
    void unknownPersonHasNoUsers() {
        assertThat(client.users("nobody", "gdpr")).isEmpty();
        assertThat(client.events("nobody", "gdpr")).isEmpty();
        assertThat(client.event("none", "nobody")).isEmpty();
    }

    @Test
    void severalDidomiUsersCanShareOneKey() {
        didomi.choose(SimulatedChoice.by("ada").didomiUser("phone").purpose("newsletter", true));
        didomi.choose(SimulatedChoice.by("ada").didomiUser("laptop").purpose("newsletter", false));

        assertThat(client.users("ada", "gdpr")).extracting(DidomiUser::id).containsExactlyInAnyOrder("phone", "laptop");
    }

    @Test
    void pagesContainEachUserOnce() {
        addPeople(250);

        Set<String> seen = new HashSet<>();
        int pages = 1;
        UsersPage page = client.usersPage("gdpr", "");
        page.users().forEach(user -> seen.add(user.id()));
        while (page.nextCursor().isPresent()) {
            page = client.usersPage("gdpr", page.nextCursor().get());
            page.users().forEach(user -> seen.add(user.id()));
            pages++;
        }

        assertThat(seen).hasSize(250);
        assertThat(pages).isBetween(3, 4);
    }

    static Stream<Named<Fault>> troubles() {
        return Stream.of(
                named("throttled", Fault.throttled(Duration.ofSeconds(2))),
                named("unavailable", Fault.status(503)),
                named("garbage", Fault.garbage()),
                named("truncated", Fault.truncated()),
                named("answer lost", Fault.dropAfterCommit()));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void transientFailureLosesNoRow(Fault fault) {
        addPeople(150);
        didomi.faults().next(RouteKind.READ_USERS, fault);

        UsersPage first = client.usersPage("gdpr", "");
        didomi.faults().next(RouteKind.READ_USERS, fault);
        UsersPage last = client.usersPage("gdpr", first.nextCursor().orElseThrow());

        assertThat(first.users()).hasSize(100);
        assertThat(last.users()).hasSize(50);
        assertThat(last.nextCursor()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void lastingFailureIsNeverTheLastPage(Fault fault) {
        addPeople(150);
        didomi.faults().always(RouteKind.READ_USERS, fault);

        DidomiException failure = catchThrowableOfType(DidomiException.class, () -> client.usersPage("gdpr", ""));

        assertThat(failure.kind()).isIn(Kind.THROTTLED, Kind.UNAVAILABLE);
        assertThat(failure.retryAfter()).isPresent();
    }

    @Test
    void emptyPageHasASuccessor() {
        addPeople(150);
        didomi.faults().next(RouteKind.READ_USERS, Fault.emptied("data"));

        UsersPage first = client.usersPage("gdpr", "");

        assertThat(first.users()).isEmpty();
        assertThat(client.usersPage("gdpr", first.nextCursor().orElseThrow()).users())
                .hasSize(50);
    }

    @Test
    void repeatedCursorEndsTheScan() {
        addPeople(250);
        didomi.faults().always(RouteKind.READ_USERS, Fault.repeated("cursor"));
        String cursor = client.usersPage("gdpr", "").nextCursor().orElseThrow();

        DidomiException failure = catchThrowableOfType(DidomiException.class, () -> client.usersPage("gdpr", cursor));

        assertThat(failure.code()).isEqualTo("repeated_cursor");
    }

    @Test
    void expiredCursorIsPermanent() {
        addPeople(150);
        String cursor = client.usersPage("gdpr", "").nextCursor().orElseThrow();
        didomi.expireCursors();

        DidomiException failure = catchThrowableOfType(DidomiException.class, () -> client.usersPage("gdpr", cursor));
        String fresh = client.usersPage("gdpr", "").nextCursor().orElseThrow();

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure.status()).isEqualTo(400);
        assertThat(client.usersPage("gdpr", fresh).users()).hasSize(50);
    }

    @Test
    void eventsArePostedInBulk() {
        List<DidomiEvent> events = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            events.add(event("p" + i, "newsletter", true, "2026-10-02T07:00:00Z"));
        }

        List<EventResult> results = client.postEvents(events, false);

        assertThat(results).hasSize(150).containsOnly(new EventResult.Posted());
        assertThat(client.requests()).isEqualTo(3);
    }

    @Test
    void answerLostAfterTheCommitIsPostedOnce() {
        didomi.faults().next(RouteKind.POST_EVENTS, Fault.dropAfterCommit());

        List<EventResult> results = client.postEvents(
                List.of(
                        event("ada", "newsletter", true, "2026-10-02T07:00:00Z"),
                        event("bob", "newsletter", true, "2026-10-02T07:00:00Z")),
                false);

        assertThat(results).containsOnly(new EventResult.Posted());
        assertThat(didomi.counters().eventsCreated()).isEqualTo(2);
    }

    @Test
    void oneBadEventFailsAlone() {
        didomi.knowsPurpose("newsletter");

        List<EventResult> results = client.postEvents(
                List.of(
                        event("ada", "newsletter", true, "2026-10-02T07:00:00Z"),
                        event("bob", "unheard-of", true, "2026-10-02T07:00:00Z"),
                        event("cyd", "newsletter", true, "2026-10-02T07:00:00Z")),
                false);

        assertThat(results.get(0)).isEqualTo(new EventResult.Posted());
        assertThat(results.get(1)).isInstanceOf(EventResult.Rejected.class);
        assertThat(results.get(2)).isEqualTo(new EventResult.Posted());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void eventForWhichDidomiAlwaysFailsFailsAlone(int status) {
        didomi.faults().whenHolding(RouteKind.POST_EVENTS, "p5", Fault.status(status));
        List<DidomiEvent> events = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            events.add(event("p" + i, "newsletter", true, "2026-10-02T07:00:00Z"));
        }

        List<EventResult> results = client.postEvents(events, false);

        assertThat(results.get(5))
                .isInstanceOfSatisfying(
                        EventResult.Failed.class,
                        failed -> assertThat(failed.cause().status()).isEqualTo(status));
        results.remove(5);
        assertThat(results).hasSize(11).containsOnly(new EventResult.Posted());
        assertThat(didomi.counters().eventsCreated()).isEqualTo(11);
        // Four tries of all and the probe, then two for each halving, one try each.
        assertThat(didomi.counters().requests(RouteKind.POST_EVENTS)).isLessThanOrEqualTo(4 + 1 + 2 * 4);
    }

    @Test
    void silencedEventCausesNoDelivery() {
        client.postEvents(List.of(event("ada", "newsletter", true, "2026-10-02T07:00:00Z")), true);

        assertThat(didomi.pending()).isEmpty();
    }

    @Test
    void revokedTokenIsRenewed() {
        client.users("ada", "gdpr");
        didomi.revokeTokens();
        time.advance(Duration.ofSeconds(1));

        assertThat(client.users("ada", "gdpr")).isEmpty();

        assertThat(client.requests()).isEqualTo(5);
    }

    @Test
    void expiredSessionIsRenewed() {
        client.users("ada", "gdpr");
        time.advance(Duration.ofMinutes(59).plusSeconds(30));
        client.users("ada", "gdpr");

        assertThat(client.requests()).isEqualTo(4);
    }

    @Test
    void wrongSecretIsPermanent() {
        DidomiException failure = catchThrowableOfType(
                DidomiException.class, () -> client("hunter2").users("ada", "gdpr"));

        assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(failure.code()).isEqualTo("bad_credentials");
        assertThat(failure.toString()).doesNotContain("hunter2");
    }

    private void addPeople(int count) {
        for (int i = 0; i < count; i++) {
            didomi.choose("p" + i, Map.of("newsletter", true));
        }
    }

    private DidomiClient client(String secret) {
        String url = didomi.url().toString();
        return new DidomiClient(
                new DidomiAccess(
                        ServiceUrl.parse("DIDOMI_API_URL", url),
                        didomi.organizationId(),
                        Secret.of(didomi.key()),
                        Secret.of(secret)),
                time.settings());
    }

    private static DidomiEvent event(String person, String purpose, boolean enabled, String at) {
        String id = UUID.randomUUID().toString();
        String json = """
                {"id":"%s","organization_id":"acme","created_at":"%s","regulation":"gdpr",
                 "user":{"organization_user_id":"%s"},"consents":{"purposes":[{"id":"%s","enabled":%s}]}}""".formatted(id, at, person, purpose, enabled);
        return new DidomiEvent(id, person, json);
    }
}
