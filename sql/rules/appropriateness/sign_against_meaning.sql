-- What should be much has at least (≥), what should be little has at most (≤): costs, accidents, complaints.
with

indicators as (
    select * from staging.stg_indicators
),

judged as (
    select
        *,
        regexp_matches(
            indicator_raw,
            '下降|降低|降幅|减少|投诉|事故|发生|结余|误差|偏差|失业|死亡|伤亡|违法|违规|违纪|犯罪|发案|逾期|延误|超支|超标|返工'
            || '|损耗|缺陷|故障|不合格|不满意|差错|上访|信访量|能耗|排放|流失|流出|污染|破坏|时长|时限|天数|周期|间隔|控制|压减|投入'
        ) as is_reverse
    from indicators
    where
        comparator in ('>=', '>', '<=', '<')
        and target_kind in ('percent', 'quantity', 'money')
),

offending as (
    select
        filing_id,
        project_no,
        indicator_no,
        target_raw as figures,
        cast(null as decimal(24, 6)) as difference,
        coalesce(level2 || '：', '') || indicator_raw as evidence
    from judged
    where
        (
            level2_group = '成本'
            and comparator in ('>=', '>')
            and target_kind = 'money'
            and not regexp_matches(indicator_raw, '节约|节省|降低|减少|压减|补助标准|补贴标准|工资|报酬')
        )
        or (
            comparator in ('<=', '<')
            and not is_reverse
            and (
                level2_group in ('质量', '满意度')
                or (level2_group = '数量' and target_kind = 'quantity')
                or (level2_group = '经济效益' and regexp_matches(indicator_raw, '增收|收入|产值|效益'))
                or (level2_group in ('社会效益', '时效') and target_kind = 'percent' and indicator_raw like '%率')
            )
        )
)

select * from offending
