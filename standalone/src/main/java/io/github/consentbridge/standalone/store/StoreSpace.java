package io.github.consentbridge.standalone.store;

/**
 * What a store takes of its disk, and what is left.
 *
 * @param sizeBytes all of its files together
 * @param freeBytes what this user may still write
 */
public record StoreSpace(long sizeBytes, long freeBytes) {}
