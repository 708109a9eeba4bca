package io.github.consentbridge.connectors.dataverse.contact;

import io.github.consentbridge.connectors.dataverse.api.ContactColumns;
import io.github.consentbridge.connectors.dataverse.api.DataverseJson;
import io.github.consentbridge.connectors.http.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Builds the paths that find contacts by key. Keys are JSON strings in a parameter alias, never path segments or quoted
 * literals, so {@code O'Brien}, {@code a/b} and {@code 50%off&x=1#y} need no special handling.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows">Filter
 *     rows</a>
 */
public final class ContactQuery {
    /** The maximum number of values per condition is not published; more are refused with {@code 0x8004430e}. */
    static final int MAX_KEYS = 200;

    /** Dataverse accepts URLs of 32,768 characters; the difference leaves room for the host and for proxies. */
    private static final int MAX_PATH = 30_000;

    private static final int MAX_KEY = 20_000;
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private ContactQuery() {}

    public static boolean isSearchable(String keyColumn, String key) {
        if (keyColumn.equals(ContactColumns.ID)) {
            return GUID.matcher(key).matches();
        }
        // An unpaired surrogate cannot be encoded in UTF-8; replaced by a question mark, the key could be another
        // person's.
        boolean isText = StandardCharsets.UTF_8.newEncoder().canEncode(key);
        return isText && !key.isBlank() && encoded(key).length() <= MAX_KEY;
    }

    /** Paths below the API's base that together search for all keys, each key once. */
    public static List<String> paths(String keyColumn, Collection<String> keys, Collection<String> columns) {
        String start = "/contacts?$select=" + String.join(",", ContactColumns.toSelect(keyColumn, columns))
                + "&$filter=Microsoft.Dynamics.CRM.In(PropertyName=@p,PropertyValues=@v)&@p='" + keyColumn + "'&@v=";
        List<String> paths = new ArrayList<>();
        List<String> chunk = new ArrayList<>();
        int length = start.length();
        for (String key : new LinkedHashSet<>(keys)) {
            if (!isSearchable(keyColumn, key)) {
                throw new IllegalArgumentException("a key cannot be searched for in column " + keyColumn);
            }
            String value = encoded(key);
            if (chunk.size() == MAX_KEYS || (!chunk.isEmpty() && length + value.length() > MAX_PATH)) {
                paths.add(start + listOf(chunk));
                chunk.clear();
                length = start.length();
            }
            chunk.add(value);
            length += value.length() + 3;
        }
        if (!chunk.isEmpty()) {
            paths.add(start + listOf(chunk));
        }
        return paths;
    }

    private static String encoded(String key) {
        return PercentEncoding.encode(DataverseJson.quoted(key));
    }

    private static String listOf(List<String> encodedKeys) {
        return "%5B" + String.join("%2C", encodedKeys) + "%5D";
    }
}
