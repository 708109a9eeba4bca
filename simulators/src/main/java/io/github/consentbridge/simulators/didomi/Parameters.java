package io.github.consentbridge.simulators.didomi;

import io.github.consentbridge.simulators.http.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Query parameters, where {@code name[$in]=a&name[$in]=b} means one of several. */
final class Parameters {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    static Parameters of(Call call) {
        Parameters parameters = new Parameters();
        int question = call.target().indexOf('?');
        String query = question < 0 ? "" : call.target().substring(question + 1);
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                String name = Call.decode(parts[0]).replace("[$in]", "");
                String value = parts.length == 2 ? Call.decode(parts[1]) : "";
                parameters
                        .values
                        .computeIfAbsent(name, any -> new ArrayList<>())
                        .add(value);
            }
        }
        return parameters;
    }

    Set<String> names() {
        return values.keySet();
    }

    Optional<String> one(String name) {
        return Optional.ofNullable(values.get(name)).map(list -> list.get(0));
    }

    List<String> all(String name, String otherwise) {
        return values.getOrDefault(name, List.of(otherwise));
    }

    boolean flag(String name) {
        return one(name).filter("true"::equals).isPresent();
    }

    /** @throws DidomiError 400 if there is any other parameter */
    void allow(String... names) {
        for (String name : values.keySet()) {
            if (!Set.of(names).contains(name)) {
                throw DidomiError.badRequest("Unknown query parameter '" + name + "'");
            }
        }
    }
}
