/** Whether a TF.js model.json, or what TF.js read of it, holds Keras layers and no graph. Old converters leave `format` out. */
export function isLayersModel(content: unknown): boolean {
  const { format, modelTopology } = (content ?? {}) as { format?: unknown; modelTopology?: unknown };
  if (format === 'layers-model') return true;
  const topology = (modelTopology ?? {}) as Record<string, unknown>;
  return 'model_config' in topology || 'keras_version' in topology || 'class_name' in topology;
}
