package io.github.consentbridge.functions.dynamics;

import io.github.consentbridge.aws.direct.WebhookDeployment;
import io.github.consentbridge.functions.http.HttpApiHandler;
import io.github.consentbridge.functions.http.Priming;
import io.github.consentbridge.sync.intake.DynamicsIntake;
import io.github.consentbridge.sync.intake.WebhookEndpoint;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.util.List;

/** {@link DynamicsIntake} on Lambda. Safe for use by several threads. */
public final class DynamicsWebhookHandler extends HttpApiHandler {
    /** A contact's activation: it is stored whatever the mapping is. */
    static final List<String> SAMPLES = List.of("""
            {"MessageName":"Update","PrimaryEntityName":"contact",
             "PrimaryEntityId":"00000000-0000-0000-0000-000000000001",
             "CorrelationId":"00000000-0000-0000-0000-000000000002",
             "InitiatingUserId":"00000000-0000-0000-0000-000000000003","OperationCreatedOn":"/Date(1772352000000)/",
             "InputParameters":[{"key":"Target","value":{
               "__type":"Entity:http://schemas.microsoft.com/xrm/2011/Contracts",
               "Id":"00000000-0000-0000-0000-000000000001","LogicalName":"contact","Attributes":[
                 {"key":"modifiedon","value":"/Date(1772352000000)/"},
                 {"key":"statecode","value":{
                   "__type":"OptionSetValue:http://schemas.microsoft.com/xrm/2011/Contracts","Value":0}}]}}],
             "PreEntityImages":[],"PostEntityImages":[]}""");

    /**
     * The handler of the deployment that the environment names; Lambda calls this.
     *
     * @throws IllegalArgumentException if the environment or the integration document is not complete
     */
    public DynamicsWebhookHandler() {
        this(WebhookDeployment.here());
        priming(WebhookDeployment.here()).beforeSnapshot();
    }

    /** The handler of this deployment. */
    public DynamicsWebhookHandler(WebhookDeployment parts) {
        super(endpoint(parts));
    }

    static Priming priming(WebhookDeployment parts) {
        return new Priming(parts, DynamicsWebhookHandler::endpoint, BridgeUrl.DYNAMICS_PATH, SAMPLES);
    }

    private static WebhookEndpoint endpoint(WebhookDeployment parts) {
        return DynamicsIntake.endpoint(
                parts.integration(), parts.credentials(), parts.queue(), parts.outcomeLog(), parts.clock());
    }
}
