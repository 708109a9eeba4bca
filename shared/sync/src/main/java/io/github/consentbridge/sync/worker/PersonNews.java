package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.CopiedValue;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.delivery.Reading.DeletedUser;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of deliveries, or a page of a reconciliation, says about one person.
 *
 * @param key the person's key in the ledger
 * @param deliveries that say it; none where users or contacts were read
 * @param didomi what Didomi says of its users of the person, in the order of arrival
 * @param contacts what Dynamics says of the person's contacts, in the order of arrival
 * @param readWhole whether Didomi's users were read, with everything that is mapped
 * @param readSpelling the organization user id as a Didomi user showed it that was read during settling; null if none was
 * @param erased whether the deletion of the person in Didomi has been carried out
 */
record PersonNews(
        OrganizationUserId key,
        List<Delivery> deliveries,
        List<News> didomi,
        List<ContactNews> contacts,
        boolean readWhole,
        @Nullable String readSpelling,
        boolean erased) {
    static PersonNews of(OrganizationUserId key, Delivery delivery, News news) {
        return new PersonNews(key, List.of(delivery), List.of(news), List.of(), false, null, false);
    }

    static PersonNews of(OrganizationUserId key, Delivery delivery, ContactNews news) {
        return new PersonNews(key, List.of(delivery), List.of(), List.of(news), false, null, false);
    }

    /**
     * A Didomi user that was read without a delivery that reported it.
     *
     * @param whole whether everything that is mapped was read
     */
    static PersonNews read(OrganizationUserId key, News news, boolean whole) {
        return new PersonNews(key, List.of(), List.of(news), List.of(), whole, null, false);
    }

    /** The person's contact has changed, as a read of the contacts shows: settle it as it stands. */
    static PersonNews contactChanged(OrganizationUserId key) {
        return new PersonNews(key, List.of(), List.of(), List.of(), false, null, false);
    }

    /** The person's contact was deleted, as a read of the contacts shows. */
    static PersonNews contactDeleted(OrganizationUserId key, Instant at) {
        ContactNews deleted = new ContactNews(List.of(), List.of(), at);
        return new PersonNews(key, List.of(), List.of(), List.of(deleted), false, null, false);
    }

    /** One for each person, in the order of first mention. */
    static Collection<PersonNews> merged(List<PersonNews> news) {
        Map<OrganizationUserId, PersonNews> merged = new LinkedHashMap<>();
        news.forEach(each -> merged.merge(each.key, each, PersonNews::and));
        return merged.values();
    }

    private PersonNews and(PersonNews later) {
        return new PersonNews(
                key,
                both(deliveries, later.deliveries),
                both(didomi, later.didomi),
                both(contacts, later.contacts),
                readWhole || later.readWhole,
                null,
                false);
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The same, where a Didomi user that was read has this spelling of the organization user id. */
    PersonNews readAs(String spelling) {
        return new PersonNews(key, deliveries, didomi, contacts, readWhole, spelling, erased);
    }

    /** The same after the deletion in Didomi was carried out. */
    PersonNews afterErasure() {
        return new PersonNews(key, deliveries, didomi, contacts, readWhole, readSpelling, true);
    }

    List<Choice> choices() {
        return Stream.concat(
                        didomi.stream().map(News::choices).flatMap(List::stream),
                        contacts.stream().map(ContactNews::choices).flatMap(List::stream))
                .distinct()
                .toList();
    }

    /** What merges copied into contacts of the person. */
    List<CopiedValue> copied() {
        return contacts.stream()
                .flatMap(news -> news.copied().stream())
                .distinct()
                .toList();
    }

    /** Choices that Didomi has deleted. */
    List<Choice> revoked() {
        return inDidomi(News::revoked);
    }

    /** What Didomi users of the person show. */
    List<DidomiState> states() {
        return inDidomi(News::states);
    }

    private <T> List<T> inDidomi(Function<News, List<T>> part) {
        return didomi.stream().map(part).flatMap(List::stream).distinct().toList();
    }

    /**
     * Whether nobody decided anything in these deliveries: they show what stands, as the echo of a write of ours does. False
     * without deliveries.
     */
    boolean onlyShows() {
        return !deliveries.isEmpty()
                && choices().isEmpty()
                && revoked().isEmpty()
                && !needsReread()
                && deletedUser().isEmpty()
                && contactDeletedAt().isEmpty();
    }

    boolean isFromDidomi() {
        return !didomi.isEmpty();
    }

    /** Whether Didomi recomputed the user, so that only its users and events show what counts. */
    boolean needsReread() {
        return didomi.stream().anyMatch(News::reread);
    }

    /** The Didomi user that was deleted last; empty if none was, or if the deletion has been carried out. */
    Optional<DeletedUser> deletedUser() {
        // Of several at one time the first counts.
        return erased
                ? Optional.empty()
                : didomi.stream()
                        .map(News::deletedUser)
                        .filter(Objects::nonNull)
                        .reduce((one, other) -> other.at().isAfter(one.at()) ? other : one);
    }

    /** When a contact of the person was deleted; empty if none was. */
    Optional<Instant> contactDeletedAt() {
        return contacts.stream()
                .map(ContactNews::deletedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    /** Every spelling of the organization user id that Didomi's deliveries use. */
    List<String> spellings() {
        return didomi.stream().map(news -> news.person().value()).distinct().toList();
    }

    /** The organization user id as Didomi showed it last; empty if it has not. A deleted user does not count. */
    Optional<String> spelling() {
        return didomi.stream()
                .filter(news -> news.deletedUser() == null)
                .map(news -> news.person().value())
                .reduce((earlier, later) -> later)
                .or(() -> Optional.ofNullable(readSpelling));
    }
}
