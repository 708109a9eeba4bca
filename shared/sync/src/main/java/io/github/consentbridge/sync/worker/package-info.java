/** The queue worker: applies deliveries to contacts and Didomi users, many people at a time. */
@NullMarked
package io.github.consentbridge.sync.worker;

import org.jspecify.annotations.NullMarked;
