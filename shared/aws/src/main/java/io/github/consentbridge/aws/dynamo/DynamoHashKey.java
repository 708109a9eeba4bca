package io.github.consentbridge.aws.dynamo;

import io.github.consentbridge.aws.Lazy;
import io.github.consentbridge.sync.logging.PersonHash;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The key of the hash under which people are stored: an item of the table, created on first use and never changed. It
 * is read once per process. Safe for use by several threads and processes.
 */
final class DynamoHashKey {
    private static final String ITEM = "hash-key";
    private static final String BYTES = "bytes";
    private static final int LENGTH = 32;

    private final DynamoTable table;
    private final Supplier<PersonHash> hash = new Lazy<>(this::read);

    DynamoHashKey(DynamoTable table) {
        this.table = table;
    }

    PersonHash hash() {
        return hash.get();
    }

    private PersonHash read() {
        return new PersonHash(
                table.get(ITEM).or(this::made).orElseThrow().get(BYTES).b().asByteArray());
    }

    /** If several processes create a key concurrently, the first one is stored and the others read it. */
    private Optional<Map<String, AttributeValue>> made() {
        byte[] random = new byte[LENGTH];
        new SecureRandom().nextBytes(random);
        Map<String, AttributeValue> item = Map.of(
                DynamoTable.ID, DynamoTable.text(ITEM), BYTES, AttributeValue.fromB(SdkBytes.fromByteArray(random)));
        return table.put(item, put -> put.conditionExpression("attribute_not_exists(id)"))
                .or(() -> Optional.of(item));
    }
}
