package io.github.consentbridge.standalone.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a page asks.
 *
 * @param id the part of the path that names something; empty if no part does
 * @param query the query, without the question mark; empty if there is none
 * @param body empty object for GET
 */
public record ApiRequest(String id, String query, JsonNode body) {
    private static final int MAX_LIMIT = 200;

    /** A text that must be there. */
    String text(String name) {
        return optionalText(name).orElseThrow(() -> ApiException.badRequest(name + " is missing: give a text"));
    }

    /** A text that may be missing, null or empty. */
    Optional<String> optionalText(String name) {
        JsonNode node = body.path(name);
        if (!node.isMissingNode() && !node.isNull() && !node.isTextual()) {
            throw ApiException.badRequest(name + " must be a text");
        }
        @Nullable String text = node.textValue();
        return Optional.ofNullable(text).map(String::strip).filter(given -> !given.isEmpty());
    }

    /** The texts of a list that may be missing. */
    Optional<List<String>> optionalTexts(String name) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : node) {
            if (!one.isTextual()) {
                throw ApiException.badRequest(name + " must be a list of texts");
            }
            texts.add(one.textValue());
        }
        return Optional.of(texts).filter(some -> node.isArray());
    }

    /** A flag that may be missing, which is false. */
    boolean flag(String name) {
        JsonNode node = body.path(name);
        if (!node.isMissingNode() && !node.isNull() && !node.isBoolean()) {
            throw ApiException.badRequest(name + " must be true or false");
        }
        return node.asBoolean(false);
    }

    /** A whole number from 0 that must be there. */
    long number(String name) {
        JsonNode node = body.path(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw ApiException.badRequest(name + " must be a whole number from 0");
        }
        return node.longValue();
    }

    int offset() {
        return body.hasNonNull("offset") ? (int) Math.min(number("offset"), Integer.MAX_VALUE / 2) : 0;
    }

    int limit(int otherwise) {
        return body.hasNonNull("limit") ? limit(number("limit")) : otherwise;
    }

    private static int limit(long asked) {
        if (asked < 1 || asked > MAX_LIMIT) {
            throw ApiException.badRequest("limit must be from 1 to " + MAX_LIMIT);
        }
        return (int) asked;
    }

    /** The limit of a query. */
    int queryLimit(int otherwise) {
        return limit(queryNumber("limit", otherwise));
    }

    /** A number in the query. */
    int queryNumber(String name, int otherwise) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                try {
                    return Integer.parseInt(pair.substring(name.length() + 1));
                } catch (NumberFormatException e) {
                    throw ApiException.badRequest(name + " must be a whole number");
                }
            }
        }
        return otherwise;
    }

    /** Hides the body, which may name a person. */
    @Override
    public String toString() {
        return "ApiRequest[hidden]";
    }
}
