/** Whether a TF.js model.json, or TF.js' parsed form of it, contains Keras layers and no graph. Old converters omit `format`. */
export function isLayersModel(content: unknown): boolean {
  if (!isObject(content)) return false;
  if (content.format === 'layers-model') return true;
  const { modelTopology: topology } = content;
  return isObject(topology) && ['model_config', 'keras_version', 'class_name'].some((key) => key in topology);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
