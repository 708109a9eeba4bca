/** The delivery queue and the dead letters: what both hosts provide, and what travels on them. */
@NullMarked
package io.github.consentbridge.sync.queue;

import org.jspecify.annotations.NullMarked;
