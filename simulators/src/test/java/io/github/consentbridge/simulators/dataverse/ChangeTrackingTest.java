package io.github.consentbridge.simulators.dataverse;

import static io.github.consentbridge.simulators.http.Web.encode;
import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.simulators.http.Web;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeTrackingTest {
    private static final String TRACKED = "contacts?$select=lastname";

    private final ManualClock clock = new ManualClock("2026-10-02T08:15:30.120Z");
    private final DataverseSimulator dataverse = DataverseSimulator.start(clock);
    private final Web web = Web.of(
            dataverse.url() + "/api/data/v9.2/",
            "Authorization",
            "Bearer any",
            "Content-Type",
            "application/json",
            "Prefer",
            "odata.maxpagesize=2");

    @AfterEach
    void stop() {
        dataverse.close();
    }

    @Test
    void firstScanIsTheWholeTable() {
        List<UUID> ids = people(5);
        dataverse.deleteContact(ids.remove(1));

        HttpResponse<String> answer = web.get(TRACKED, "Prefer", "odata.track-changes,odata.maxpagesize=2");
        List<JsonNode> pages = pagesFrom(json(answer));

        assertThat(answer.headers().firstValue("Preference-Applied")).contains("odata.track-changes");
        assertThat(pages).hasSize(2);
        assertThat(texts(pages, "contactid")).containsExactlyElementsOf(texts(ids));
        assertThat(pages.get(0).has("@odata.deltaLink")).isFalse();
        assertThat(pages.get(1).has("@odata.deltaLink")).isTrue();
    }

    @Test
    void deltaHasEachChangeOnceAndThenDeletions() {
        List<UUID> ids = people(6);
        String delta = wholeTable();
        dataverse.deleteContact(ids.get(2));
        dataverse.editContact(ids.get(4), Map.of("lastname", "x"));
        dataverse.editContact(ids.get(0), Map.of("lastname", "y"));
        dataverse.editContact(ids.get(4), Map.of("lastname", "z"));
        UUID passing = dataverse.addContact(Map.of());
        UUID added = dataverse.addContact(Map.of("lastname", "new"));
        dataverse.deleteContact(passing);

        List<JsonNode> pages = pages(delta);

        assertThat(texts(pages, "contactid"))
                .containsExactly(ids.get(0).toString(), ids.get(4).toString(), added.toString());
        assertThat(texts(pages, "lastname")).containsExactly("y", "z", "new");
        assertThat(texts(pages, "id")).containsExactly(ids.get(2).toString(), passing.toString());
        assertThat(pages.get(0).path("@odata.context").asText()).endsWith("#contacts(lastname)/$delta");
        assertThat(pages.get(2).at("/value/0/reason").asText()).isEqualTo("deleted");
        assertThat(pages.get(2).at("/value/0/@odata.context").asText()).endsWith("$metadata#contacts/$deletedEntity");
    }

    @Test
    void deltaWithoutChangesIsEmptyAndHasALink() {
        List<UUID> ids = people(3);

        JsonNode quiet = follow(wholeTable());
        dataverse.editContact(ids.get(1), Map.of("lastname", "x"));
        List<JsonNode> pages = pages(quiet.path("@odata.deltaLink").asText());

        assertThat(quiet.path("value")).isEmpty();
        assertThat(texts(pages, "contactid")).containsExactly(ids.get(1).toString());
    }

    @Test
    void changeDuringAScanIsInTheNextOne() {
        List<UUID> ids = people(4);
        String delta = wholeTable();
        ids.forEach(id -> dataverse.editContact(id, Map.of("lastname", "x")));

        JsonNode first = follow(delta);
        dataverse.editContact(ids.get(0), Map.of("lastname", "y"));
        dataverse.editContact(ids.get(3), Map.of("lastname", "y"));
        List<JsonNode> rest = pages(first.path("@odata.nextLink").asText());
        List<JsonNode> next = pages(deltaLink(rest));

        assertThat(texts(rest, "contactid")).containsExactly(ids.get(2).toString());
        assertThat(texts(next, "contactid"))
                .containsExactly(ids.get(0).toString(), ids.get(3).toString());
    }

    @Test
    void changeDuringTheFirstScanIsInTheDelta() {
        List<UUID> ids = people(3);

        JsonNode first = json(web.get(TRACKED, "Prefer", "odata.track-changes,odata.maxpagesize=2"));
        dataverse.editContact(ids.get(0), Map.of("lastname", "x"));
        List<JsonNode> rest = pages(first.path("@odata.nextLink").asText());

        assertThat(texts(pages(deltaLink(rest)), "contactid"))
                .containsExactly(ids.get(0).toString());
    }

    @Test
    void oldNextLinkStaysValidDuringLaterScans() {
        List<UUID> ids = people(4);
        String delta = wholeTable();
        ids.forEach(id -> dataverse.editContact(id, Map.of("lastname", "x")));
        String next = follow(delta).path("@odata.nextLink").asText();
        for (int i = 0; i < 10; i++) {
            dataverse.editContact(ids.get(0), Map.of("lastname", "y" + i));
            pages(delta);
        }

        assertThat(texts(pages(next), "contactid"))
                .containsExactly(ids.get(2).toString(), ids.get(3).toString());
    }

    @Test
    void contactCreatedAgainWithItsIdIsAChange() {
        UUID id = people(1).get(0);
        String delta = wholeTable();
        dataverse.deleteContact(id);
        dataverse.addContact(Map.of("contactid", id, "lastname", "again"));

        List<JsonNode> pages = pages(delta);

        assertThat(texts(pages, "lastname")).containsExactly("again");
        assertThat(texts(pages, "id")).isEmpty();
    }

    @Test
    void rolledBackDeletionIsNotListed() {
        UUID id = people(1).get(0);
        String delta = wholeTable();
        String part = "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ";
        String changeSet = "--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n"
                + "--c\r\n" + part + "1\r\n\r\nDELETE contacts(" + id + ") HTTP/1.1\r\n\r\n\r\n"
                + "--c\r\n" + part + "2\r\n\r\nDELETE contacts(" + UUID.randomUUID() + ") HTTP/1.1\r\n\r\n\r\n"
                + "--c--\r\n--b--\r\n";

        HttpResponse<String> answer =
                web.send("POST", "$batch", changeSet, "Content-Type", "multipart/mixed;boundary=b");

        assertThat(answer.body()).contains("404 Not Found").contains("Does Not Exist");
        assertThat(dataverse.contact(id)).isNotEmpty();
        assertThat(follow(delta).path("value")).isEmpty();
    }

    @Test
    void tokensExpireAfterAWeekOrOnDemand() {
        people(1);
        String early = wholeTable();
        clock.advance(Duration.ofDays(7));
        int withinItsTime = get(early).statusCode();
        clock.advance(Duration.ofSeconds(1));
        String late = wholeTable();
        int lateAtFirst = get(late).statusCode();

        HttpResponse<String> refused = get(early);
        dataverse.expireDeltaTokens();

        assertThat(withinItsTime).isEqualTo(200);
        assertThat(lateAtFirst).isEqualTo(200);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).at("/error/code").asText()).isEqualTo("0x80044352");
        assertThat(json(refused).at("/error/message").asText()).contains("Please perform a full sync");
        assertThat(get(late).statusCode()).isEqualTo(400);
        assertThat(get(wholeTable()).statusCode()).isEqualTo(200);
    }

    @Test
    void tableWithoutTrackingRefuses() {
        people(1);
        String delta = wholeTable();
        dataverse.changeTracking(false);

        HttpResponse<String> whole = web.get(TRACKED, "Prefer", "odata.track-changes");

        assertThat(whole.statusCode()).isEqualTo(400);
        assertThat(json(whole).at("/error/code").asText()).isEqualTo("0x80072491");
        assertThat(get(delta).statusCode()).isEqualTo(400);
        assertThat(web.get(TRACKED).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$filter=statecode eq 0", "$orderby=lastname", "$top=1", "$expand=masterid"})
    void queryOptionsAreRefusedWhileTracking(String option) {
        HttpResponse<String> answer = web.get(
                TRACKED + "&" + encode(option).replace("%3D", "=").replace("%24", "$"),
                "Prefer",
                "odata.track-changes");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("The \"" + option.replaceFirst("=.*", "")
                        + "\" query parameter isn't supported when Change Tracking is enabled.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$deltatoken=1", "$deltatoken=x!10%2F02%2F2026%2008:15:30", "$deltatoken=1!yesterday_at_noon__"})
    void brokenTokenIsRefused(String token) {
        assertThat(web.get(TRACKED + "&" + token).statusCode()).isEqualTo(400);
    }

    @Test
    void modifiedRowsAreOrderedOldestFirst() {
        List<UUID> ids = people(3);
        clock.advance(Duration.ofMinutes(1));
        dataverse.editContact(ids.get(2), Map.of("lastname", "x"));
        clock.advance(Duration.ofMinutes(1));
        dataverse.editContact(ids.get(0), Map.of("lastname", "y"));
        dataverse.editContact(ids.get(1), Map.of("lastname", "z"));

        List<JsonNode> pages = pagesFrom(json(web.get("contacts?$select=modifiedon&$filter="
                + encode("modifiedon ge 2026-10-02T08:16:30Z") + "&$orderby=modifiedon%20asc,contactid%20asc")));

        assertThat(pages).hasSize(2);
        assertThat(texts(pages, "contactid")).hasSize(3).startsWith(ids.get(2).toString());
        assertThat(pages.get(1).has("@odata.deltaLink")).isFalse();
    }

    @Test
    void pagesCanBeEmptiedAndLinksRepeated() {
        people(6);
        dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.emptied("value"));
        Fault repeated = Fault.repeated("@odata.nextLink");
        dataverse.faults().next(RouteKind.FIND_CONTACTS, repeated, repeated, repeated);

        JsonNode empty = json(web.get("contacts?$select=lastname"));
        String link = follow(empty.path("@odata.nextLink").asText())
                .path("@odata.nextLink")
                .asText();
        JsonNode third = follow(link);

        assertThat(empty.path("value")).isEmpty();
        assertThat(third.path("value")).hasSize(2);
        assertThat(third.path("@odata.nextLink").asText()).isEqualTo(link);
        assertThat(follow(link).path("@odata.nextLink").asText()).isEqualTo(link);
    }

    private List<UUID> people(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(dataverse.addContact(Map.of("lastname", "p" + i)));
        }
        return ids;
    }

    /** Reads all pages and returns the delta link. */
    private String wholeTable() {
        return deltaLink(pagesFrom(json(web.get(TRACKED, "Prefer", "odata.track-changes,odata.maxpagesize=2"))));
    }

    private List<JsonNode> pages(String link) {
        return pagesFrom(follow(link));
    }

    private List<JsonNode> pagesFrom(JsonNode first) {
        List<JsonNode> pages = new ArrayList<>(List.of(first));
        JsonNode last = first;
        while (last.has("@odata.nextLink")) {
            last = follow(last.path("@odata.nextLink").asText());
            pages.add(last);
        }
        return pages;
    }

    private static String deltaLink(List<JsonNode> pages) {
        return pages.get(pages.size() - 1).path("@odata.deltaLink").asText();
    }

    private JsonNode follow(String link) {
        return json(get(link));
    }

    private HttpResponse<String> get(String link) {
        return web.get(link.substring(link.indexOf("contacts?")));
    }

    private static List<String> texts(List<JsonNode> pages, String property) {
        return pages.stream()
                .flatMap(page -> page.path("value").findValues(property).stream())
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }
}
