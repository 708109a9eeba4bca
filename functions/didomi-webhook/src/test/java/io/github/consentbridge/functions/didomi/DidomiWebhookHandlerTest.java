package io.github.consentbridge.functions.didomi;

import io.github.consentbridge.functions.http.WebhookHandlerContract;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.util.List;

class DidomiWebhookHandlerTest extends WebhookHandlerContract {
    DidomiWebhookHandlerTest() {
        super(
                DidomiWebhookHandler::new,
                DidomiWebhookHandler::priming,
                BridgeUrl.DIDOMI_PATH,
                DidomiWebhookHandler.SAMPLES,
                List.of(200, 202));
    }
}
