using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Models;

internal sealed partial class ModelSteps
{
    [LoggerMessage(4301, LogLevel.Warning, "The model {Model} gave no answer ({Failure}, {Code}); {Next} is asked")]
    private partial void LogFallback(string model, string next, ModelFailure failure, string code);
}
