package io.github.consentbridge.standalone.console.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In which line of a document the value of a JSON pointer begins. */
final class DocumentLines {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, Integer> lines = new HashMap<>();
    private int lastLine = 1;

    /** Reads as far as the text is JSON. */
    static DocumentLines of(String text) {
        DocumentLines document = new DocumentLines();
        try (JsonParser parser = FACTORY.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                document.lastLine = parser.currentTokenLocation().getLineNr();
                document.lines.putIfAbsent(
                        parser.getParsingContext().pathAsPointer().toString(), document.lastLine);
            }
            document.lastLine = 1;
        } catch (JsonProcessingException e) {
            document.lastLine = e.getLocation() == null
                    ? document.lastLine
                    : e.getLocation().getLineNr();
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be read", e);
        }
        return document;
    }

    /** From 1: of the value, or of what should contain it; of the whole document, where it ceases to be JSON. */
    int line(String pointer) {
        for (String place = pointer; !place.isEmpty(); place = place.substring(0, place.lastIndexOf('/'))) {
            @Nullable Integer line = lines.get(place);
            if (line != null) {
                return line;
            }
        }
        return lastLine;
    }
}
