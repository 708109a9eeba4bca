package io.github.consentbridge.standalone.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;

/** JSON in a column. */
final class StoredJson {
    private StoredJson() {}

    static JsonNode read(String text) {
        try {
            return JsonTree.read(text);
        } catch (IOException e) {
            throw new StorageException(
                    "the data folder's file is damaged: stop the bridge and restore it from a backup", e);
        }
    }
}
