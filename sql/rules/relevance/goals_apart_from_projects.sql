-- Each goal of the text part is about one of the projects, and each project has a goal there.
with

projects as (
    select * from staging.stg_projects
),

goals as (
    select *
    from staging.stg_narrative_goals
    where section = 'goal' and title is not null
),

objectives as (
    select
        filing_id,
        project_no,
        string_agg(objective_text, ' ' order by objective_no) as objective_text
    from staging.stg_objectives
    group by filing_id, project_no
),

goal_words as (
    select
        filing_id,
        'goal' as kind,
        goal_no as number,
        title as name,
        concat_ws('|', title, goal_text, indicator_text) as words,
        count(*) over (partition by filing_id) as siblings
    from goals
),

project_words as (
    select
        projects.filing_id,
        'project' as kind,
        projects.project_no as number,
        projects.project_name as name,
        concat_ws('|', projects.project_name, projects.purpose, objectives.objective_text) as words,
        projects.budget_yuan,
        count(*) over (partition by projects.filing_id) as siblings
    from projects
    left join objectives
        on
            projects.filing_id = objectives.filing_id
            and projects.project_no = objectives.project_no
),

every as (
    select
        filing_id,
        kind,
        number,
        name,
        words,
        siblings
    from goal_words
    union all by name
    select
        filing_id,
        kind,
        number,
        name,
        words,
        siblings
    from project_words
),

-- What is said of anything says of nothing what it is about.
bared as (
    select
        *,
        regexp_replace(
            words,
            '工作|管理|建设|经费|项目|资金|专项|费用|业务|服务|保障|保证|确保|推进|推动|加强|完善|提升|提高|开展|其他|综合|年度|全[镇乡]|各项|政策'
            || '|补助|补贴|支出|预算|充分|发挥|作用|完成|实施|落实|做好|顺利|正常|运转|运行|有序|达到|大于|等于|比例|任务|单位|人员|标准|水平|质量|效果|积极|及时|切实|有效'
            || '|进行|用于|通过|实际|相关|主要|维持|稳定|社会|经济|发展|乡镇|政府|机关|组织|指导|协调|规范|以?及|[和与对并的等]|[^\p{Han}]',
            '|', 'g'
        ) as topic
    from every
    where siblings > 1
),

-- Every two characters side by side: those from the first of each stretch on, and those from its second.
paired as materialized (
    select
        filing_id,
        kind,
        number,
        list_distinct(
            regexp_extract_all(topic, '[^|]{2}')
            || regexp_extract_all(regexp_replace(topic, '(^|\|)[^|]', '\1', 'g'), '[^|]{2}')
        ) as pairs
    from bared
),

sides as (
    select
        filing_id,
        kind,
        list_distinct(flatten(list(pairs))) as pairs
    from paired
    group by filing_id, kind
),

costed as (
    select
        goal_words.filing_id,
        goal_words.number as goal_no,
        project_words.number as project_no
    from goal_words
    inner join project_words
        on
            goal_words.filing_id = project_words.filing_id
            and project_words.budget_yuan > 0
            and contains(goal_words.words, format('{:.2f}万元', cast(project_words.budget_yuan / 10000 as double)))
),

-- Two characters in common, or the amount, are enough for two texts to be about one thing.
met as (
    select
        paired.filing_id,
        paired.kind,
        paired.number
    from paired
    inner join sides
        on
            paired.filing_id = sides.filing_id
            and paired.kind <> sides.kind
            and list_has_any(paired.pairs, sides.pairs)
    union
    select
        filing_id,
        'goal' as kind,
        goal_no as number
    from costed
    union
    select
        filing_id,
        'project' as kind,
        project_no as number
    from costed
),

judged as (
    select
        bared.filing_id,
        bared.kind,
        bared.name,
        bared.number,
        met.number is not null as is_met,
        min(bared.kind) over (partition by bared.filing_id)
        <> max(bared.kind) over (partition by bared.filing_id) as is_both
    from bared
    left join met
        on
            bared.filing_id = met.filing_id
            and bared.kind = met.kind
            and bared.number = met.number
),

listed as (
    select
        filing_id,
        list(name order by number) filter (where kind = 'goal' and not is_met) as goals,
        list(name order by number) filter (where kind = 'project' and not is_met) as projects,
        count(*) filter (where not is_met) as unmet
    from judged
    where is_both
    group by filing_id
),

offending as (
    select
        filing_id,
        cast(null as integer) as project_no,
        cast(null as integer) as indicator_no,
        concat_ws(
            '；',
            '分项绩效目标“' || array_to_string(goals, '”“') || '”在各项目的名称、用途和目标中没有相应内容',
            '项目“' || array_to_string(projects, '”“') || '”在文字部分的分项绩效目标中没有相应内容'
        ) as figures,
        cast(unmet as decimal(24, 6)) as difference,
        coalesce(goals[1], projects[1]) as evidence
    from listed
    where unmet > 0
)

select * from offending
