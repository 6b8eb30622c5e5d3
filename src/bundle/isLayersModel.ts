/** Whether a TF.js model.json, or TF.js' parsed form of it, contains Keras layers and no graph. Old converters omit `format`. */
export function isLayersModel(content: unknown): boolean {
  const { format, modelTopology } = (content ?? {}) as { format?: unknown; modelTopology?: unknown };
  if (format === 'layers-model') return true;
  const topology = (modelTopology ?? {}) as Record<string, unknown>;
  return 'model_config' in topology || 'keras_version' in topology || 'class_name' in topology;
}
