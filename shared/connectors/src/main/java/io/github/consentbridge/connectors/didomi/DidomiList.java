package io.github.consentbridge.connectors.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads lists that Didomi's API pages by {@code $limit} and {@code $skip}. */
final class DidomiList {
    private static final int PAGE = 100;

    private record Page(List<JsonNode> elements, long total) {}

    private DidomiList() {}

    /** All elements. Safe to repeat. */
    static List<JsonNode> all(DidomiApi api, String path) {
        List<JsonNode> found = new ArrayList<>();
        Page page;
        do {
            page = page(api, path, found.size());
            found.addAll(page.elements());
        } while (!page.elements().isEmpty() && found.size() < page.total());
        return found;
    }

    private static Page page(DidomiApi api, String path, int skip) {
        Map<String, String> query =
                skip == 0 ? Map.of() : Map.of("$limit", Integer.toString(PAGE), "$skip", Integer.toString(skip));
        return api.get(path, query, DidomiList::page);
    }

    private static Page page(RemoteResponse response) {
        List<JsonNode> elements = DidomiJson.data(response);
        return new Page(elements, DidomiJson.object(response).path("total").asLong(elements.size()));
    }
}
