package io.github.consentbridge.standalone.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.standalone.console.ConsoleSubject;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.operations.DeadLetterDetail;
import io.github.consentbridge.sync.operations.DeadLetterFilter;
import io.github.consentbridge.sync.operations.DeadLetterGroup;
import io.github.consentbridge.sync.operations.DeadLetterRemedy;
import io.github.consentbridge.sync.operations.DeadLetterSummary;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.operations.OperationsJson;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.Requester;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What could not be applied: by reason, one by one, put back or given up. */
public final class DeadLetterResource {
    /** More are not looked at: whoever has so many has one cause. */
    private static final int MAX_READ = 50_000;

    private static final int MAX_AT_ONCE = 1000;
    private static final int MAX_REASON = 300;
    private static final int PAGE = 50;

    private final ConsoleSubject subject;
    private final Clock clock;

    /** Letters of one side that failed for the same reason. */
    private record SideGroup(Side side, String reason, List<DeadLetterSummary> letters) {
        /** Names the group as long as it exists, without what is in it. */
        String id() {
            return UUID.nameUUIDFromBytes((side.word() + " " + reason).getBytes(UTF_8))
                    .toString();
        }

        ObjectNode json() {
            Comparator<DeadLetterSummary> byTime = Comparator.comparing(DeadLetterSummary::failedAt);
            Instant oldest = letters.stream().min(byTime).orElseThrow().failedAt();
            Instant newest = letters.stream().max(byTime).orElseThrow().failedAt();
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("group", id())
                    .put("reason", reason)
                    .put("side", side.word())
                    .put("count", letters.size())
                    .put("oldest", oldest.toString())
                    .put("newest", newest.toString())
                    .put("remedy", DeadLetterRemedy.sentence(reason));
        }
    }

    public DeadLetterResource(ConsoleSubject subject, Clock clock) {
        this.subject = subject;
        this.clock = clock;
    }

    /** The routes of this resource. */
    public List<ApiRoute> routes() {
        return List.of(
                ApiRoute.get("/api/deadletters/groups", request -> groups()),
                ApiRoute.post("/api/deadletters/list", this::list),
                ApiRoute.post("/api/deadletters/show", this::show),
                ApiRoute.post("/api/deadletters/replay", this::replay),
                ApiRoute.post("/api/deadletters/discard", this::discard));
    }

    /** Looking must not create a data folder. */
    private <T> T onStores(Function<Operations, T> work, T otherwise) {
        return subject.isNew() ? otherwise : subject.onStores(work);
    }

    private List<DeadLetterSummary> letters(DeadLetterFilter filter) {
        return onStores(operations -> operations.deadLetters(filter, MAX_READ), List.of());
    }

    private static List<SideGroup> groups(List<DeadLetterSummary> letters) {
        List<SideGroup> groups = new ArrayList<>();
        for (Side side : Side.values()) {
            List<DeadLetterSummary> some =
                    letters.stream().filter(letter -> letter.side() == side).toList();
            DeadLetterGroup.of(some).forEach(group -> groups.add(new SideGroup(side, group.reason(), group.letters())));
        }
        groups.sort(Comparator.comparingInt((SideGroup group) -> group.letters().size())
                .reversed());
        return groups;
    }

    private WebhookReply groups() {
        List<DeadLetterSummary> letters = letters(DeadLetterFilter.ALL);
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("total", letters.size());
        ArrayNode list = node.putArray("groups");
        groups(letters).forEach(group -> list.add(group.json()));
        return ApiAnswer.ok(node);
    }

    private List<DeadLetterSummary> ofGroup(String id) {
        return groups(letters(DeadLetterFilter.ALL)).stream()
                .filter(group -> group.id().equals(id))
                .findFirst()
                .map(SideGroup::letters)
                .orElse(List.of());
    }

    private WebhookReply list(ApiRequest request) {
        Optional<String> key = request.optionalText("key");
        DeadLetterFilter ofKey =
                new DeadLetterFilter(Optional.empty(), key, Optional.empty(), Optional.empty(), Optional.empty());
        List<DeadLetterSummary> found = request.optionalText("group")
                .map(group -> ofGroup(group).stream()
                        .filter(letter -> key.map(letter.key()::equals).orElse(true))
                        .toList())
                .orElseGet(() -> letters(ofKey));
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("total", found.size());
        node.set(
                "dead_letters",
                OperationsJson.deadLetters(found.stream()
                        .skip(request.offset())
                        .limit(request.limit(PAGE))
                        .toList()));
        return ApiAnswer.ok(node);
    }

    private WebhookReply show(ApiRequest request) {
        String id = request.text("id");
        boolean plain = request.flag("plain");
        Optional<DeadLetterDetail> found = onStores(operations -> operations.deadLetter(id, plain), Optional.empty());
        DeadLetterDetail detail = found.orElseThrow(DeadLetterResource::gone);
        if (plain) {
            subject.onStores(operations -> {
                operations.recordAccess(
                        AccessKind.LOOKED_AT, detail.summary().key(), Requester.thisUser(Requester.Means.CONSOLE));
                return true;
            });
        }
        return ApiAnswer.ok(detail.json());
    }

    private static ApiException gone() {
        return ApiException.notFound("this dead letter is gone: it was replayed or discarded meanwhile");
    }

    private WebhookReply replay(ApiRequest request) {
        Set<String> ids = chosen(request);
        confirm(request, ids.size());
        return ApiAnswer.ok(OperationsJson.replayed(onStores(operations -> replay(operations, ids), 0)));
    }

    /** In parts, each of which fits into one request to a running bridge. */
    private static int replay(Operations operations, Set<String> ids) {
        List<String> all = List.copyOf(ids);
        int replayed = 0;
        for (int from = 0; from < all.size(); from += MAX_AT_ONCE) {
            Set<String> some = Set.copyOf(all.subList(from, Math.min(from + MAX_AT_ONCE, all.size())));
            replayed += operations.replay(DeadLetterFilter.ofIds(some));
        }
        return replayed;
    }

    /** The dead letters that a request names and that still exist. */
    private Set<String> chosen(ApiRequest request) {
        List<DeadLetterSummary> letters;
        Optional<List<String>> ids = request.optionalTexts("ids");
        if (ids.isPresent()) {
            letters = letters(DeadLetterFilter.ofIds(Set.copyOf(ids.get())));
        } else if (request.flag("all")) {
            letters = letters(DeadLetterFilter.ALL);
        } else {
            letters = ofGroup(request.text("group"));
        }
        return letters.stream().map(DeadLetterSummary::id).collect(Collectors.toSet());
    }

    private static void confirm(ApiRequest request, int count) {
        if (request.number("confirm") != count) {
            throw ApiException.conflict("the number does not match: there are " + count + " of them now");
        }
    }

    private WebhookReply discard(ApiRequest request) {
        String reason = request.text("reason");
        if (reason.length() > MAX_REASON) {
            throw ApiException.badRequest("reason must have at most " + MAX_REASON + " characters");
        }
        if (request.optionalTexts("ids").isEmpty()) {
            throw ApiException.badRequest("ids is missing: name the dead letters to give up");
        }
        Set<String> ids = chosen(request);
        confirm(request, ids.size());
        DiscardedDelivery.Decision decision = new DiscardedDelivery.Decision(
                Requester.thisUser(Requester.Means.CONSOLE).name(), clock.instant(), reason);
        long discarded = onStores(
                operations -> ids.stream()
                        .map(id -> operations.discard(id, decision).orElse(null))
                        .filter(Objects::nonNull)
                        .count(),
                0L);
        return ApiAnswer.ok(JsonNodeFactory.instance.objectNode().put("discarded", discarded));
    }
}
