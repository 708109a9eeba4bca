package io.github.consentbridge.connectors.dataverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Named.named;

import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.PageSource;
import io.github.consentbridge.connectors.dataverse.contact.ContactPage;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.FixedTokens;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.limits.ServiceLimits;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages of contacts from the simulated Dataverse, which tracks changes and throttles as the real one does. */
class DataverseClientPagesTest {
    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final DataverseSimulator dataverse = DataverseSimulator.start(time);
    private final DataverseClient client = new DataverseClient(
            DataverseEnvironment.parse(dataverse.url().toString()), new FixedTokens(), time.settings());
    private final List<UUID> ids = new ArrayList<>();

    @BeforeEach
    void addPeople() {
        dataverse.column(SimulatedColumn.bool("new_newsletter"));
        for (int i = 0; i < 7; i++) {
            ids.add(dataverse.addContact(Map.of("new_newsletter", i % 2 == 0)));
        }
    }

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void wholeTableIsReadOnceInPages() {
        List<ContactPage> pages = readFrom(new PageSource.WholeTable());

        assertThat(pages).hasSize(3);
        assertThat(idsIn(pages)).containsExactlyElementsOf(ids);
        assertThat(pages.get(0).rows().get(0).values()).isEqualTo(Map.of("new_newsletter", true));
        assertThat(pages.get(0).rows().get(0).etag()).isEqualTo(dataverse.etag(ids.get(0)));
        assertThat(pages)
                .extracting(ContactPage::delta)
                .filteredOn(Optional::isPresent)
                .hasSize(1);
        assertThat(client.requests()).isEqualTo(3);
    }

    @Test
    void deltaLinkLeadsToWhatChanged() {
        String delta = deltaOf(readFrom(new PageSource.WholeTable()));
        dataverse.editContact(ids.get(5), Map.of("new_newsletter", true));
        dataverse.deactivateContact(ids.get(1));
        dataverse.deleteContact(ids.get(3));
        UUID added = dataverse.addContact(Map.of());

        List<ContactPage> changes = readFrom(new PageSource.Link(delta));
        List<ContactPage> later = readFrom(new PageSource.Link(deltaOf(changes)));

        assertThat(idsIn(changes)).containsExactly(ids.get(5), ids.get(1), added);
        assertThat(changes.get(0).rows().get(1).active()).isFalse();
        assertThat(changes.stream().flatMap(page -> page.deleted().stream())).containsExactly(ids.get(3));
        assertThat(idsIn(later)).isEmpty();
        assertThat(later.get(0).delta()).isPresent();
    }

    @Test
    void modifiedRowsAreOrderedByTime() {
        time.advance(Duration.ofMinutes(1));
        Instant since = time.instant();
        dataverse.editContact(ids.get(5), Map.of("new_newsletter", true));
        time.advance(Duration.ofSeconds(1));
        dataverse.editContact(ids.get(1), Map.of("new_newsletter", true));

        List<ContactPage> changed = readFrom(new PageSource.ModifiedSince(since));
        List<ContactPage> all = readFrom(new PageSource.ModifiedSince(Instant.EPOCH));

        assertThat(idsIn(changed)).containsExactly(ids.get(5), ids.get(1));
        assertThat(idsIn(all)).hasSize(7).endsWith(ids.get(5), ids.get(1));
        assertThat(all.get(2).delta()).isEmpty();
    }

    @Test
    void expiredTokenRequiresAFullPass() {
        String delta = deltaOf(readFrom(new PageSource.WholeTable()));
        dataverse.expireDeltaTokens();

        DataverseException failure = failure(new PageSource.Link(delta));
        String fresh = deltaOf(readFrom(new PageSource.WholeTable()));

        assertThat(failure.requiresFullPass()).isTrue();
        assertThat(failure.concernsSystem()).isFalse();
        assertThat(readFrom(new PageSource.Link(fresh))).hasSize(1);
    }

    @Test
    void tableWithoutChangeTrackingIsReported() {
        dataverse.changeTracking(false);

        DataverseException failure = failure(new PageSource.WholeTable());

        assertThat(failure.isChangeTrackingOff()).isTrue();
        assertThat(failure.requiresFullPass()).isFalse();
        assertThat(idsIn(readFrom(new PageSource.ModifiedSince(Instant.EPOCH)))).hasSize(7);
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
        dataverse.faults().next(RouteKind.FIND_CONTACTS, fault);

        ContactPage first = read(new PageSource.WholeTable());
        dataverse.faults().next(RouteKind.FIND_CONTACTS, fault);
        List<ContactPage> rest = readFrom(new PageSource.Link(first.next().orElseThrow()));

        assertThat(first.rows()).hasSize(3);
        assertThat(idsIn(rest)).containsExactlyElementsOf(ids.subList(3, 7));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void lastingFailureIsNeverTheLastPage(Fault fault) {
        dataverse.faults().always(RouteKind.FIND_CONTACTS, fault);

        DataverseException failure = failure(new PageSource.WholeTable());

        assertThat(failure.kind()).isIn(Kind.THROTTLED, Kind.UNAVAILABLE);
        assertThat(failure.retryAfter()).isPresent();
        assertThat(failure.requiresFullPass()).isFalse();
    }

    @Test
    void serviceProtectionLimitsAreWaitedOut() {
        dataverse.limits(new ServiceLimits(2, Duration.ofMinutes(20), 52, Duration.ofSeconds(10)));

        assertThat(idsIn(readFrom(new PageSource.WholeTable()))).hasSize(7);

        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(10));
    }

    @Test
    void emptyPageIsNotTheLastPage() {
        dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.emptied("value"));

        assertThat(idsIn(readFrom(new PageSource.WholeTable()))).containsExactlyElementsOf(ids.subList(3, 7));
    }

    @Test
    void repeatedLinkEndsTheScan() {
        dataverse.faults().always(RouteKind.FIND_CONTACTS, Fault.repeated("@odata.nextLink"));

        DataverseException failure =
                catchThrowableOfType(DataverseException.class, () -> readFrom(new PageSource.WholeTable()));

        assertThat(failure.code()).isEqualTo("repeated_next_link");
        assertThat(client.requests()).isEqualTo(2);
    }

    private ContactPage read(PageSource source) {
        return client.contacts(List.of("new_newsletter"), source, 3);
    }

    private DataverseException failure(PageSource source) {
        return catchThrowableOfType(DataverseException.class, () -> read(source));
    }

    private List<ContactPage> readFrom(PageSource source) {
        List<ContactPage> pages = new ArrayList<>(List.of(read(source)));
        Optional<String> next = pages.get(0).next();
        while (next.isPresent()) {
            ContactPage page = read(new PageSource.Link(next.get()));
            pages.add(page);
            next = page.next();
        }
        return pages;
    }

    private static String deltaOf(List<ContactPage> pages) {
        return pages.get(pages.size() - 1).delta().orElseThrow();
    }

    private static List<UUID> idsIn(List<ContactPage> pages) {
        return pages.stream()
                .flatMap(page -> page.rows().stream())
                .map(ContactRow::id)
                .toList();
    }
}
