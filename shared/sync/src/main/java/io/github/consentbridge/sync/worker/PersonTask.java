package io.github.consentbridge.sync.worker;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.delivery.Reading.DeletedUser;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything of one person in one batch: the deliveries in hand, and how far their settling has come. */
final class PersonTask {
    final OrganizationUserId key;

    private final List<Delivery> deliveries = new ArrayList<>();
    private final Set<Choice> choices = new LinkedHashSet<>();
    private final Set<Choice> revoked = new LinkedHashSet<>();
    private final Set<DidomiState> states = new LinkedHashSet<>();
    private final Set<ConsentRecordId> broken = new LinkedHashSet<>();
    private final Set<String> spellings = new LinkedHashSet<>();
    private @Nullable String shown;
    private boolean fromDidomi;
    private boolean reread;
    private boolean readWhole;
    private @Nullable DeletedUser deletedUser;
    private @Nullable Instant contactDeletedAt;

    private final List<Settlement.Change> applied = new ArrayList<>();

    /** What is known in this round; set anew by each. */
    @Nullable
    LedgerEntry entry;

    @Nullable
    ContactRow contact;

    @Nullable
    Settlement settlement;

    /** Final once set, except that a later round may make a finished person dead. */
    private @Nullable DeliveryOutcome outcome;

    /** Whether what was written must be looked at again: the row or the ledger had changed meanwhile. */
    boolean again;

    /** Whether the last round was told that the contact to be created exists already. */
    boolean duplicate;

    PersonTask(OrganizationUserId key) {
        this.key = key;
    }

    void add(Delivery delivery, News news) {
        deliveries.add(delivery);
        fromDidomi = true;
        choices.addAll(news.choices());
        revoked.addAll(news.revoked());
        states.addAll(news.states());
        reread |= news.reread();
        spellings.add(news.person().value());
        @Nullable DeletedUser deleted = news.deletedUser();
        if (deleted == null) {
            shown = news.person().value();
        }
        boolean newer = deleted != null && (deletedUser == null || deleted.at().isAfter(deletedUser.at()));
        deletedUser = newer ? deleted : deletedUser;
    }

    void add(Delivery delivery, ContactNews news) {
        deliveries.add(delivery);
        choices.addAll(news.choices());
        broken.addAll(news.broken());
        @Nullable Instant deletedAt = news.deletedAt();
        boolean newer = deletedAt != null && (contactDeletedAt == null || deletedAt.isAfter(contactDeletedAt));
        contactDeletedAt = newer ? deletedAt : contactDeletedAt;
    }

    /**
     * Adds a Didomi user that was read, with no delivery that told it.
     *
     * @param whole whether all that is mapped of the user was read
     */
    void read(News news, boolean whole) {
        fromDidomi = true;
        readWhole = whole;
        choices.addAll(news.choices());
        states.addAll(news.states());
        spellings.add(news.person().value());
        shown = news.person().value();
    }

    /** The person's contact is gone; found where contacts were read. */
    void contactDeleted(Instant at) {
        contactDeletedAt = at;
    }

    /**
     * Whether what was read is all that Didomi has of the person, as far as we know, and not older than what we know: then
     * nothing need be read again before an event is posted.
     */
    boolean isReadWhole() {
        return readWhole
                && requireNonNull(entry).person().records().values().stream().allMatch(this::isReadWhole);
    }

    private boolean isReadWhole(ConsentRecord record) {
        return record.pending().isEmpty()
                && record.users().entrySet().stream()
                        .filter(user -> user.getValue().observed() != null)
                        .allMatch(user -> states.stream()
                                .anyMatch(state -> state.userId().equals(user.getKey())
                                        && state.stamp()
                                                .covers(requireNonNull(
                                                                user.getValue().observed())
                                                        .stamp())));
    }

    /** A difference that was put right. */
    void applied(Settlement.Change change) {
        applied.add(change);
    }

    List<Settlement.Change> applied() {
        return List.copyOf(applied);
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    /** A Didomi user that was read has the organization user id so: this counts where nothing has told it before. */
    void readAs(String didomiId) {
        boolean reported = shown != null || requireNonNull(entry).spelling() != null;
        shown = reported ? shown : didomiId;
    }

    /** The organization user id as Didomi showed it last; as long as it has not, the key. */
    String didomiId() {
        return shown != null ? shown : requireNonNull(entry).didomiId();
    }

    /** Every spelling under which Didomi may have a user of the person: for Didomi they are not the same. */
    Set<String> didomiIds() {
        Set<String> all = new LinkedHashSet<>(spellings);
        all.add(didomiId());
        LedgerEntry known = requireNonNull(entry);
        if (known.revision() != LedgerEntry.NEW) {
            all.add(known.didomiId());
        }
        return all;
    }

    /** What may still count after an erasure: only what was decided after it. */
    List<Choice> choices() {
        return after(choices.stream()).toList();
    }

    /** The Didomi values of which the deliveries in hand told something. */
    Set<ConsentRecordId> asked() {
        Set<ConsentRecordId> asked = new LinkedHashSet<>(broken);
        choices().forEach(choice -> asked.add(choice.recordId()));
        return asked;
    }

    List<Choice> revoked() {
        return after(revoked.stream()).toList();
    }

    private Stream<Choice> after(Stream<Choice> reported) {
        return erasedAt()
                .map(at -> reported.filter(choice -> choice.decidedAt().isAfter(at)))
                .orElse(reported);
    }

    List<DidomiState> states() {
        Stream<DidomiState> all = states.stream();
        return erasedAt()
                .map(at -> all.filter(state -> state.stamp().at().isAfter(at)))
                .orElse(all)
                .toList();
    }

    private Optional<Instant> erasedAt() {
        return Optional.ofNullable(entry).map(LedgerEntry::erasedAt);
    }

    /** Whether any of the deliveries came from Didomi. */
    boolean isFromDidomi() {
        return fromDidomi;
    }

    /** When a contact of the person was deleted, as far as the deliveries in hand tell. */
    Optional<Instant> contactDeletedAt() {
        return Optional.ofNullable(contactDeletedAt);
    }

    boolean needsReread() {
        return reread;
    }

    @Nullable
    DeletedUser deletedUser() {
        return deletedUser;
    }

    void deletionDone() {
        deletedUser = null;
    }

    boolean isOpen() {
        return outcome == null;
    }

    DeliveryOutcome outcome() {
        return outcome == null ? new DeliveryOutcome.Done() : outcome;
    }

    void end(DeliveryOutcome end) {
        outcome = end;
    }
}
