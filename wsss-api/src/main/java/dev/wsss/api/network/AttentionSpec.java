package dev.wsss.api.network;

/**
 * Attention of a transformer over its tokens.
 *
 * @param layers that attend
 * @param heads of each layer
 * @param leadingTokens before those of the grid's cells, which follow row by row: 1 where there is
 *     a class token
 */
public record AttentionSpec(int layers, int heads, int leadingTokens) {}
