package io.github.consentbridge.simulators.dataverse.query;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import java.util.ArrayList;
import java.util.List;

/** Splits a {@code $filter} into words, texts, lists and symbols. */
public final class FilterLexer {
    private final String filter;
    private int at;

    public enum Kind {
        /** A name, a number, a GUID, a date, an operator. */
        WORD,
        /** A text in single quotes, unescaped. */
        TEXT,
        /** A JSON list, unparsed. */
        LIST,
        /** One of {@code ( ) , =}. */
        SIGN,
        END
    }

    public record Token(Kind kind, String text, int position) {
        public boolean is(String wanted) {
            return kind != Kind.TEXT && text.equals(wanted);
        }
    }

    private FilterLexer(String filter) {
        this.filter = filter;
    }

    public static List<Token> tokens(String filter) {
        FilterLexer lexer = new FilterLexer(filter);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Kind.END);
        return tokens;
    }

    private Token next() {
        while (at < filter.length() && filter.charAt(at) == ' ') {
            at++;
        }
        int start = at;
        if (at == filter.length()) {
            return new Token(Kind.END, "", start);
        }
        char c = filter.charAt(at);
        if (c == '\'') {
            return new Token(Kind.TEXT, text(), start);
        } else if (c == '[') {
            return new Token(Kind.LIST, list(), start);
        } else if ("(),=".indexOf(c) >= 0) {
            at++;
            return new Token(Kind.SIGN, String.valueOf(c), start);
        }
        while (at < filter.length() && isWord(filter.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw DataverseError.query(
                    "Syntax error: character '" + c + "' is not valid at position " + start + " in '" + filter + "'.");
        }
        return new Token(Kind.WORD, filter.substring(start, at), start);
    }

    private String text() {
        int start = at;
        StringBuilder text = new StringBuilder();
        at++;
        while (at < filter.length()) {
            char c = filter.charAt(at++);
            if (c != '\'') {
                text.append(c);
            } else if (at < filter.length() && filter.charAt(at) == '\'') {
                text.append(c);
                at++;
            } else {
                return text.toString();
            }
        }
        throw DataverseError.query(
                "There is an unterminated string literal at position " + start + " in '" + filter + "'.");
    }

    private String list() {
        int start = at;
        boolean quoted = false;
        while (at < filter.length()) {
            char c = filter.charAt(at++);
            if (quoted && c == '\\') {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ']' && !quoted) {
                return filter.substring(start, at);
            }
        }
        throw DataverseError.query("Syntax error at position " + filter.length() + " in '" + filter + "'.");
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || "_.@:+-/".indexOf(c) >= 0;
    }
}
