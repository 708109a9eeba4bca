package io.github.consentbridge.mapping.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the members of one JSON object. A wrong member is reported as a problem and then treated as absent. Messages
 * name keys, never values.
 *
 * <p>What reads the integration document uses loops where elsewhere there would be streams: a webhook function reads it at
 * its start, when each lambda costs about half a millisecond, and there were forty.
 */
public final class JsonObjectReader {
    private final JsonNode object;
    private final String pointer;
    private final List<Problem> problems;

    private JsonObjectReader(JsonNode object, String pointer, List<Problem> problems) {
        this.object = object;
        this.pointer = pointer;
        this.problems = problems;
    }

    /** The members of a document.
     *
     * @param json UTF-8
     * @param problems receives the problems of the document and of everything that is read from it
     * @throws ConfigurationException if it is not a JSON object
     */
    public static JsonObjectReader document(byte[] json, List<Problem> problems) {
        JsonNode root = JsonDocument.read(json, problems);
        JsonObjectReader members = of(root, "", problems);
        if (!members.isObject()) {
            throw new ConfigurationException(problems);
        }
        return members;
    }

    /** The members of this value; none, and a problem, if it is not an object. */
    public static JsonObjectReader of(JsonNode value, String pointer, List<Problem> problems) {
        JsonObjectReader members = new JsonObjectReader(value, pointer, problems);
        if (!value.isObject()) {
            problems.add(new Problem(pointer, "must be an object, not " + kind(value) + ": write { … }"));
        }
        return members;
    }

    public String pointer() {
        return pointer;
    }

    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            names.add(member.getKey());
        }
        return names;
    }

    public boolean has(String name) {
        return object.has(name);
    }

    /** Reports a problem of the object as a whole. */
    public void problem(String message) {
        problems.add(new Problem(pointer, message));
    }

    /** Reports a problem of one member, which may be missing. */
    public void problem(String name, String message) {
        problems.add(new Problem(at(name), message));
    }

    /** Reports a problem of one item of a list. */
    public void problem(String name, int index, String message) {
        problems.add(new Problem(at(name) + "/" + index, message));
    }

    /** Reports every unknown key together with the closest known one. */
    public void onlyKnown(Collection<String> known) {
        for (String name : names()) {
            if (!known.contains(name)) {
                problem(
                        name,
                        "unknown key \"%s\": remove it, or write \"%s\", the closest known key"
                                .formatted(name, ClosestName.to(name, known)));
            }
        }
    }

    /** The object in this member; an empty one if it is missing. */
    public JsonObjectReader object(String name) {
        return object.has(name) ? of(object.get(name), at(name), problems) : inside(name);
    }

    /** The same, but without a problem if it is not an object. */
    public JsonObjectReader inside(String name) {
        return new JsonObjectReader(object.path(name), at(name), problems);
    }

    public boolean isObject() {
        return object.isObject();
    }

    /** The items of a list; empty if it is missing or something else. */
    public List<JsonNode> list(String name) {
        List<JsonNode> items = new ArrayList<>();
        JsonNode list = object.path(name);
        if (isWanted(list.isArray(), name, "a list")) {
            for (JsonNode item : list) {
                items.add(item);
            }
        }
        return items;
    }

    /** A text that is not blank; empty if it is missing. */
    public Optional<String> text(String name) {
        JsonNode text = object.path(name);
        if (!isWanted(text.isTextual(), name, "text")) {
            return Optional.empty();
        }
        if (text.textValue().isBlank()) {
            problem(name, "must not be empty: write it, or leave the key out");
            return Optional.empty();
        }
        return Optional.of(text.textValue());
    }

    /** The texts of a list; empty if it is missing. Other items are reported and left out. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        List<JsonNode> items = list(name);
        for (int index = 0; index < items.size(); index++) {
            if (items.get(index).isTextual()) {
                texts.add(items.get(index).textValue());
            } else {
                problem(name, index, "must be text, not " + kind(items.get(index)));
            }
        }
        return texts;
    }

    public boolean flag(String name, boolean otherwise) {
        JsonNode flag = object.path(name);
        return isWanted(flag.isBoolean(), name, "true or false") ? flag.booleanValue() : otherwise;
    }

    public Optional<Integer> wholeNumber(String name) {
        JsonNode number = object.path(name);
        return isWanted(number.isInt(), name, "a 32-bit whole number")
                ? Optional.of(number.intValue())
                : Optional.empty();
    }

    /** A number from 0 to 1. */
    public double share(String name, double otherwise) {
        JsonNode number = object.path(name);
        if (!isWanted(number.isNumber(), name, "a number")) {
            return otherwise;
        }
        double share = number.doubleValue();
        if (!(share >= 0 && share <= 1)) {
            problem(name, "must be between 0 and 1, for example 0.2");
            return otherwise;
        }
        return share;
    }

    /** A whole number of days, zero or more. */
    public int days(String name, int otherwise) {
        JsonNode days = object.path(name);
        if (!isWanted(days.isIntegralNumber(), name, "a whole number of days")) {
            return otherwise;
        }
        if (!days.canConvertToInt() || days.intValue() < 0) {
            problem(name, "must be zero or more days, for example 1095");
            return otherwise;
        }
        return days.intValue();
    }

    /** One of the enum's constants, written in lower case. */
    public <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
        Optional<String> word = text(name);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (written(constant).equals(word.get())) {
                return Optional.of(constant);
            }
            words.add(written(constant));
        }
        problem(name, "must be one of " + String.join(", ", words));
        return Optional.empty();
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public JsonNode raw(String name) {
        return object.path(name);
    }

    /** Whether the member can be read; one of another kind than the wanted one is a problem. */
    private boolean isWanted(boolean isOfKind, String name, String kind) {
        if (!isOfKind && object.has(name)) {
            problem(name, "must be %s, not %s".formatted(kind, kind(object.path(name))));
        }
        return isOfKind;
    }

    private String at(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    public static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> value.isIntegralNumber() ? "a whole number" : "a number with decimals";
            case BOOLEAN -> "true or false";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> "null";
        };
    }
}
