package io.github.consentbridge.functions.didomi;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files in {@code events/} that are Didomi's, as the Lambda runtime reads them. */
final class SampleEvents {
    private static final Path FOLDER = WebhookClient.ROOT.resolve("events");

    private SampleEvents() {}

    /** In the order in which the demo plays them. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("didomi-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("the folder of sample events cannot be read", e);
        }
    }

    static APIGatewayV2HTTPEvent read(String name) {
        try {
            byte[] file = Files.readAllBytes(FOLDER.resolve(name));
            return LambdaEventSerializers.serializerFor(
                            APIGatewayV2HTTPEvent.class, SampleEvents.class.getClassLoader())
                    .fromJson(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }
}
