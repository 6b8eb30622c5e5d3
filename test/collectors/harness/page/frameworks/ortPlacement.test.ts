import { describe, expect, test } from 'vitest';
import { ortPlacement } from '../../../../../collectors/harness/page/frameworks/ortPlacement.js';

const line = (text: string): string =>
  `2026-11-23 15:57:29.889015 [V:onnxruntime:, session_state.cc:1383 VerifyEachNodeIsAssignedToAnEp] ${text}`;

describe('where ONNX Runtime placed its nodes, by its log', () => {
  test('nodes are counted by operator and provider, most first; copies that it added are none', () => {
    const lines = [
      'something else (with brackets)',
      line('Node placements'),
      line(' Node(s) placed on [CPUExecutionProvider]. Number of nodes: 3'),
      line('  Celu (Celu_7)'),
      line('  Selu (Selu_1)'),
      line('  Selu (Selu_3)'),
      line(' Node(s) placed on [WebGpuExecutionProvider]. Number of nodes: 3'),
      line('  Add (Add_0)'),
      line('  com.microsoft.FusedConv (a node)'),
      line('  MemcpyFromHost (Memcpy)'),
    ];
    expect(ortPlacement(lines, 'webgpu')).toMatchObject({
      onBackend: 2,
      elsewhere: [
        { operator: 'Selu', provider: 'CPU', count: 2 },
        { operator: 'Celu', provider: 'CPU', count: 1 },
      ],
    });
  });

  test('each operator elsewhere with its name and why, and copies by direction', () => {
    const said = (text: string): string => `2026-11-23 15:57:29.889015 [I:onnxruntime:, somewhere.cc:1 GetCapability] ${text}`;
    const lines = [
      said('webgpu kernel not found in registries for Op type: Selu node name: Selu_1'),
      said('webgpu kernel not found in registries for Op type: NonZero node name: '),
      said(
        'ORT optimization- Force fallback to CPU execution for node: /model/Add because the CPU execution path is deemed faster',
      ),
      line('Node placements'),
      line(' Node(s) placed on [CPUExecutionProvider]. Number of nodes: 4'),
      line('  Selu (Selu_1)'),
      line('  NonZero ()'),
      line('  Add (/model/Add)'),
      line('  Cast (InsertedCast (1))'),
      line(' Node(s) placed on [WebGpuExecutionProvider]. Number of nodes: 5'),
      line('  Mul (Mul_0)'),
      line('  Mul (Mul_1)'),
      line('  MemcpyFromHost (Memcpy)'),
      line('  MemcpyToHost (Memcpy_token_0)'),
      line('  MemcpyToHost (Memcpy_token_1)'),
    ];
    const { nodes, copies, onBackendTypes, onBackend } = ortPlacement(lines, 'webgpu')!;
    expect(nodes.map(({ name, operator, why }) => [name, operator, why])).toEqual([
      ['Selu_1', 'Selu', 'lacks'],
      ['', 'NonZero', 'lacks'],
      ['/model/Add', 'Add', 'moved'],
      ['InsertedCast (1)', 'Cast', null],
    ]);
    expect({ copies, onBackendTypes, onBackend }).toEqual({
      copies: { toHost: 2, fromHost: 1 },
      onBackendTypes: [{ operator: 'Mul', count: 2 }],
      onBackend: 2,
    });
  });

  test('all in one place', () => {
    const lines = [line('Node placements'), line(' All nodes placed on [WebGpuExecutionProvider]. Number of nodes: 320')];
    expect(ortPlacement(lines, 'webgpu')).toMatchObject({ onBackend: 320, elsewhere: [] });
  });

  test('all in the wrong place', () => {
    const lines = [line('Node placements'), line(' All nodes placed on [CPUExecutionProvider]. Number of nodes: 7')];
    expect(ortPlacement(lines, 'webgpu')).toMatchObject({
      onBackend: 0,
      elsewhere: [{ operator: 'of any kind', provider: 'CPU', count: 7 }],
    });
  });

  test('a log that says nothing of it', () => {
    expect(ortPlacement(['Session successfully initialized.'], 'webgpu')).toBeNull();
  });
});
