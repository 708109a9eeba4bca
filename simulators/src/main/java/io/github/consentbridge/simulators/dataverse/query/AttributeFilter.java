package io.github.consentbridge.simulators.dataverse.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.query.FilterLexer.Kind;
import io.github.consentbridge.simulators.dataverse.query.FilterLexer.Token;
import io.github.consentbridge.simulators.http.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * {@code $filter} on columns' metadata: {@code LogicalName eq 'a' or LogicalName eq 'b'}, or the {@code In} function.
 */
public final class AttributeFilter {
    private AttributeFilter() {}

    public static Predicate<SimulatedColumn> parse(String filter, Map<String, String> options) {
        Set<String> names = filter.startsWith("Microsoft.Dynamics.CRM.In(")
                ? in(filter, options)
                : equal(FilterLexer.tokens(filter), filter);
        return column -> names.contains(column.logicalName());
    }

    private static Set<String> equal(List<Token> tokens, String filter) {
        Set<String> names = new HashSet<>();
        List<Token> bare = tokens.stream()
                .filter(token -> !token.is("(") && !token.is(")"))
                .toList();
        for (int at = 0; at < bare.size(); at += 4) {
            boolean equality = at + 3 < bare.size()
                    && bare.get(at).is("LogicalName")
                    && bare.get(at + 1).is("eq")
                    && bare.get(at + 2).kind() == Kind.TEXT
                    && (bare.get(at + 3).is("or") || bare.get(at + 3).kind() == Kind.END);
            if (!equality) {
                throw unsupported(filter);
            }
            names.add(bare.get(at + 2).text());
        }
        return names;
    }

    private static Set<String> in(String filter, Map<String, String> options) {
        List<Token> tokens = FilterLexer.tokens(filter);
        boolean shaped = tokens.size() == 11
                && tokens.get(2).is("PropertyName")
                && tokens.get(6).is("PropertyValues")
                && property(tokens.get(4), options).equals("LogicalName");
        if (!shaped) {
            throw unsupported(filter);
        }
        Token values = tokens.get(8);
        String list = values.kind() == Kind.LIST ? values.text() : options.getOrDefault(values.text(), "");
        try {
            Set<String> names = new HashSet<>();
            for (JsonNode name : Json.parse(list)) {
                names.add(name.textValue());
            }
            return names;
        } catch (JsonProcessingException e) {
            throw unsupported(filter);
        }
    }

    private static String property(Token token, Map<String, String> options) {
        if (token.kind() == Kind.TEXT) {
            return token.text();
        }
        return FilterLexer.tokens(options.getOrDefault(token.text(), "")).get(0).text();
    }

    private static DataverseError unsupported(String filter) {
        return DataverseError.query("The filter '" + filter + "' is not supported on metadata.");
    }
}
