using ChatOps.Skills;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Agent.Skills;

/// <summary>Registers skills.</summary>
public static class SkillsRegistration
{
    /// <summary>Adds <see cref="ISkillLibrary"/>. Needs a redactor, an egress guard and a clock.</summary>
    public static IServiceCollection AddSkills(this IServiceCollection services, SkillsOptions options) => services
        .AddSingleton(options)
        .AddSingleton<SkillScan>()
        .AddSingleton<ITextScan, TextScan>()
        .AddSingleton<SkillReader>()
        .AddSingleton<SkillSources>()
        .AddSingleton<ISkillLibrary, SkillLibrary>();
}
