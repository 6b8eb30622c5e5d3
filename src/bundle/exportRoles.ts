/** What a call of a runtime's export is for. */
export type ExportRole = 'create' | 'run' | 'release';

/** ONNX Runtime's C API as it is exported to scripts. https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/wasm/api.h */
const ROLES: Readonly<Record<string, ExportRole>> = {
  OrtCreateSession: 'create',
  OrtRun: 'run',
  OrtRunWithBinding: 'run',
  OrtReleaseSession: 'release',
};

/** Emscripten's scripts bind an export, whose name may be shortened, to its own name: `h._OrtRun=c.sb`. */
const BINDING = /[\w$]\._(Ort\w+)\s*=\s*[\w$]+\.([\w$]+)/g;

/**
 * The roles of the exports that a script of ONNX Runtime binds, by the name of the export in the module.
 * @param text the source of the script; of others nothing is found
 */
export function exportRoles(text: string): ReadonlyMap<string, ExportRole> {
  const roles = new Map<string, ExportRole>();
  for (const [, name, exported] of text.matchAll(BINDING)) {
    if (Object.hasOwn(ROLES, name!)) roles.set(exported!, ROLES[name!]!);
  }
  return roles;
}
