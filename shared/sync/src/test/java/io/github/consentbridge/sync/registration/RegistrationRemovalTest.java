package io.github.consentbridge.sync.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.connectors.dataverse.webhook.ProcessingStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationRemovalTest {
    private final Site site = new Site();

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void everythingOfOursIsRemoved() {
        site.register();

        RegistrationReport report = site.registration(Site.BOTH_WAYS).unregister();

        assertThat(site.endpoints()).isEmpty();
        assertThat(site.didomi().webhooks()).isEmpty();
        assertThat(report.removed()).hasSize(2);
    }

    @Test
    void removingWhatIsNotThereSucceeds() {
        RegistrationReport never = site.registration(Site.BOTH_WAYS).unregister();
        site.register();
        site.registration(Site.BOTH_WAYS).unregister();
        RegistrationReport again = site.registration(Site.BOTH_WAYS).unregister();

        assertThat(never.removed()).isEmpty();
        assertThat(again.removed()).isEmpty();
        assertThat(again.unchanged()).hasSize(2);
    }

    @Test
    void imagesGoBeforeStepsAndStepsBeforeTheEndpoint() {
        site.register();
        site.simulators.dataverse().privilege("prvDeleteSdkMessageProcessingStep", false);
        site.simulators.dataverse().privilege("prvDeleteServiceEndpoint", false);

        failToUnregister();
        assertThat(site.steps())
                .hasSize(3)
                .allSatisfy(step -> assertThat(step.images()).isEmpty());
        site.simulators.dataverse().privilege("prvDeleteSdkMessageProcessingStep", true);
        failToUnregister();

        assertThat(site.steps()).isEmpty();
        assertThat(site.didomi().webhooks()).hasSize(1);
    }

    @Test
    void registeredAgainItWorksAgain() {
        site.register();
        site.registration(Site.BOTH_WAYS).unregister();

        site.register();

        assertThat(site.steps()).extracting(ProcessingStep::settings).hasSize(3);
    }

    @Test
    void whatWasAddedByHandIsRemovedByHand() {
        site.webhooks = """
                "didomi": {"values": ["value-for-didomis-header"]}""";

        RegistrationReport report = site.registration(Site.BOTH_WAYS).unregister();

        assertThat(report.byHand()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prvReadServiceEndpoint",
                "prvCreateServiceEndpoint",
                "prvReadSdkMessage",
                "prvCreateSdkMessageProcessingStep",
                "prvCreateSdkMessageProcessingStepImage"
            })
    void missingPrivilegeIsOneSentenceThatSaysWhatToDo(String privilege) {
        site.simulators.dataverse().privilege(privilege, false);

        RegistrationException failure = catchThrowableOfType(RegistrationException.class, site::register);

        assertThat(failure)
                .hasMessageContaining("the privilege " + privilege + " ")
                .hasMessageContaining(site.simulators.entra().clientId())
                .hasMessageContaining("System Administrator for the set-up and remove it afterwards")
                .hasMessageNotContaining("\n");
    }

    private void failToUnregister() {
        assertThatThrownBy(() -> site.registration(Site.BOTH_WAYS).unregister())
                .isInstanceOf(RegistrationException.class);
    }
}
