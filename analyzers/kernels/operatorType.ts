/** Type of an operator, the same whether or not ONNX Runtime fused an activation into it: "FusedConv" is a "Conv". */
export const operatorType = ({ operator }: { readonly operator: string }): string => operator.replace(/^Fused(?=[A-Z])/, '');
