package io.github.consentbridge.sync;

import io.github.consentbridge.dataverse.ContactRow;
import io.github.consentbridge.delivery.Reading.DeletedUser;
import io.github.consentbridge.delivery.Reading.News;
import io.github.consentbridge.ledger.LedgerEntry;
import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.queue.Delivery;
import io.github.consentbridge.settle.Choice;
import io.github.consentbridge.settle.DidomiState;
import io.github.consentbridge.settle.RegisterId;
import io.github.consentbridge.settle.Settlement;
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

    /** The organization user id as Didomi spells it; the key may be its lower case. */
    final String didomiId;

    private final List<Delivery> deliveries = new ArrayList<>();
    private final Set<Choice> choices = new LinkedHashSet<>();
    private final Set<Choice> revoked = new LinkedHashSet<>();
    private final Set<DidomiState> states = new LinkedHashSet<>();
    private final Set<RegisterId> broken = new LinkedHashSet<>();
    private boolean fromDidomi;
    private boolean reread;
    private @Nullable DeletedUser deletedUser;
    private @Nullable Instant contactDeletedAt;

    /** What is known in this round; set anew by each. */
    @Nullable
    LedgerEntry entry;

    @Nullable
    ContactRow contact;

    @Nullable
    Settlement settlement;

    /** Final once set, except that a later round may make a finished person dead. */
    private @Nullable Fate fate;

    /** Whether what was written must be looked at again: the row or the ledger had changed meanwhile. */
    boolean again;

    /** Whether the last round was told that the contact to be created exists already. */
    boolean duplicate;

    PersonTask(OrganizationUserId key, String didomiId) {
        this.key = key;
        this.didomiId = didomiId;
    }

    void add(Delivery delivery, News news) {
        deliveries.add(delivery);
        fromDidomi = true;
        choices.addAll(news.choices());
        revoked.addAll(news.revoked());
        states.addAll(news.states());
        reread |= news.reread();
        @Nullable DeletedUser deleted = news.deletedUser();
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

    List<Delivery> deliveries() {
        return deliveries;
    }

    /** What may still count after an erasure: only what was decided after it. */
    List<Choice> choices() {
        return after(choices.stream()).toList();
    }

    /** The Didomi values of which the deliveries in hand told something. */
    Set<RegisterId> asked() {
        Set<RegisterId> asked = new LinkedHashSet<>(broken);
        choices().forEach(choice -> asked.add(choice.register()));
        return asked;
    }

    List<Choice> revoked() {
        return after(revoked.stream()).toList();
    }

    private Stream<Choice> after(Stream<Choice> told) {
        return erasedAt()
                .map(at -> told.filter(choice -> choice.decidedAt().isAfter(at)))
                .orElse(told);
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
        return fate == null;
    }

    Fate fate() {
        return fate == null ? new Fate.Done() : fate;
    }

    void end(Fate end) {
        fate = end;
    }
}
