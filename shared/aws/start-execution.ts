/** Starts a state machine of Step Functions. The same name and input again is the same execution. */
export const startExecution =
  (stateMachineArn: string) =>
  async (name: string, input: object): Promise<void> => {
    // Read only when it is needed, which is seldom.
    const { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } = await import('@aws-sdk/client-sfn');
    try {
      await new SFNClient().send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  };
